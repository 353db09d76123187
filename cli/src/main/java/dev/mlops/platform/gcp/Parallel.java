package dev.mlops.platform.gcp;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Questions that wait for their answers side by side. */
final class Parallel {
  private Parallel() {}

  interface Question<T, R> {
    R ask(T about) throws InterruptedException;
  }

  /** In the order of the things; the first failure in that order is thrown. */
  static <T, R> List<R> map(List<T> things, Question<T, R> question) throws InterruptedException {
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      List<Future<R>> answers =
          things.stream().map(thing -> threads.submit(() -> question.ask(thing))).toList();
      List<R> all = new ArrayList<>();
      for (Future<R> answer : answers) {
        all.add(await(answer));
      }
      return all;
    } finally {
      threads.shutdownNow();
    }
  }

  private static <R> R await(Future<R> answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException known -> throw known;
        case InterruptedException interrupted -> throw interrupted;
        default -> throw new IllegalStateException(e.getCause());
      }
    }
  }
}

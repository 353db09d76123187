package dev.mlops.platform.gcp;

import dev.mlops.platform.LeftRunning;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Questions that wait for their answers side by side. */
final class Parallel {
  private static final int LAST_WORDS_SECONDS = 30;

  private Parallel() {}

  interface Question<T, R> {
    R ask(T about) throws InterruptedException;
  }

  /** In the order of the things; the first failure in that order is thrown. */
  static <T, R> List<R> map(List<T> things, Question<T, R> question) throws InterruptedException {
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    List<Future<R>> answers =
        things.stream().map(thing -> threads.submit(() -> question.ask(thing))).toList();
    try {
      List<R> all = new ArrayList<>();
      for (Future<R> answer : answers) {
        all.add(await(answer));
      }
      return all;
    } catch (InterruptedException e) {
      threads.shutdownNow();
      // Each says what it leaves running.
      boolean _ = threads.awaitTermination(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
      throw LeftRunning.of(answers);
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

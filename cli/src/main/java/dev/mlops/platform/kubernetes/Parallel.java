package dev.mlops.platform.kubernetes;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Questions that need not wait for each other. */
final class Parallel {
  private Parallel() {}

  /** The answers in the order of the questions; the first failure in that order is thrown. */
  static <A, B> List<B> map(List<A> questions, Function<A, B> ask) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<B>> answers =
          questions.stream().map(question -> threads.submit(() -> ask.apply(question))).toList();
      return answers.stream().map(Parallel::await).toList();
    }
  }

  private static <B> B await(Future<B> answer) {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the cluster was asked", e);
    }
  }
}

package dev.mlops.platform.gcp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs tests in worlds of their own, several at a time: most of each is waiting for the next look.
 */
final class SideBySide {
  private static final int AT_A_TIME = 6;

  private SideBySide() {}

  /**
   * @param worlds by what is tried in each
   * @return how each ended, in the same order
   * @throws AssertionError with its name, if one of them failed
   */
  static <T> Map<String, T> run(Map<String, Callable<T>> worlds) throws InterruptedException {
    try (var threads = Executors.newFixedThreadPool(AT_A_TIME)) {
      Map<String, Future<T>> under = new LinkedHashMap<>();
      worlds.forEach((name, world) -> under.put(name, threads.submit(world)));
      Map<String, T> ends = new LinkedHashMap<>();
      for (var world : under.entrySet()) {
        try {
          ends.put(world.getKey(), world.getValue().get());
        } catch (ExecutionException e) {
          throw new AssertionError(world.getKey(), e.getCause());
        }
      }
      return ends;
    }
  }
}

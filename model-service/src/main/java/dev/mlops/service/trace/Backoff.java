package dev.mlops.service.trace;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often something is tried, and how long to wait in between: twice as long each time, and by
 * chance up to half of that less, so that replicas do not come back as one.
 *
 * @param attempts with the first
 * @param first pause
 */
record Backoff(int attempts, Duration first) {
  static final Backoff USUAL = new Backoff(5, Duration.ofSeconds(1));

  /**
   * @param attempt that has just failed, counted from 1
   */
  Duration pause(int attempt, RandomGenerator random) {
    long nanos = first.toNanos() << (attempt - 1);
    return Duration.ofNanos(nanos - (long) (random.nextDouble() * nanos / 2));
  }
}

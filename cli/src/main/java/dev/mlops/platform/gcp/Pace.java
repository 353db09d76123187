package dev.mlops.platform.gcp;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often something is asked again: after {@code first}, then ever more rarely.
 *
 * @param most the longest time between two questions
 */
record Pace(Duration first, Duration most) {
  /** Google's clients begin at 5 s and end at 45 s, which makes short work long. */
  static final Pace USUAL = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(10));

  private static final double FACTOR = 1.3;
  private static final double JITTER = 0.2;

  /**
   * Sleeps before the next question, a little more or less, so that two who wait do not meet again.
   *
   * @param asked how many questions there were, from 1 on
   */
  void rest(int asked) throws InterruptedException {
    double millis =
        Math.min(first.toMillis() * Math.pow(FACTOR, asked - 1), (double) most.toMillis())
            * (1 + JITTER * (ThreadLocalRandom.current().nextDouble() - 0.5));
    Thread.sleep((long) millis);
  }
}

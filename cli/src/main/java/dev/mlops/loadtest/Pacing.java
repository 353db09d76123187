package dev.mlops.loadtest;

import java.util.SplittableRandom;

/** Draws the rests between requests, in nanoseconds. */
final class Pacing {
  private static final long FIRST_BACK_OFF = 100_000_000;
  private static final int MOST_DOUBLINGS = 4;

  private final long shortest;
  private final long spread;
  private final SplittableRandom random;

  Pacing(Wait wait, long seed) {
    this.shortest = wait.min().toNanos();
    this.spread = wait.max().toNanos() - shortest;
    this.random = new SplittableRandom(seed);
  }

  /** From 0 up to the count, which is left out. */
  int anyOf(int count) {
    return random.nextInt(count);
  }

  /**
   * The wait; longer if need be, as a target that takes no connections is not hammered.
   *
   * @param failedConnections how often in a row the user could not connect
   */
  long rest(int failedConnections) {
    long wait = shortest + (spread == 0 ? 0 : random.nextLong(spread + 1));
    return failedConnections == 0
        ? wait
        : Math.max(wait, FIRST_BACK_OFF << Math.min(failedConnections - 1, MOST_DOUBLINGS));
  }
}

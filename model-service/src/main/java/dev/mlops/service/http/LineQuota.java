package dev.mlops.service.http;

/**
 * How many log lines of one kind are written: some at once, and then ten a second. A flood of bad
 * requests costs no more CPU and disk than that, and does not bury the lines of another kind.
 */
final class LineQuota {
  private static final long BETWEEN = 100_000_000L;
  private static final int AT_ONCE = 50;

  private long next;
  private long leftOut;

  LineQuota(long now) {
    next = now;
  }

  /**
   * Whether there is a line for what happens now.
   *
   * @param now of {@link System#nanoTime}
   */
  boolean take(long now) {
    if (now - next > 0) {
      next = now;
    }
    if (next - now >= AT_ONCE * BETWEEN) {
      leftOut++;
      return false;
    }
    next += BETWEEN;
    return true;
  }

  /** How many had no line since it was last asked. */
  long leftOut() {
    long count = leftOut;
    leftOut = 0;
    return count;
  }
}

package dev.mlops.loadtest;

/** The moments of a test, all by {@link System#nanoTime()}. */
final class Schedule {
  private static final long SECOND = 1_000_000_000L;

  private final long start;
  private final long measuredFrom;
  private final long spawnEnd;
  private volatile long end;

  Schedule(LoadPlan plan, long start) {
    this.start = start;
    this.spawnEnd = start + plan.ramp().toNanos();
    this.measuredFrom = spawnEnd + plan.timing().warmUp().toNanos();
    this.end = measuredFrom + plan.timing().duration().toNanos();
  }

  long start() {
    return start;
  }

  /** Requests that are meant to be sent from here on count. */
  long measuredFrom() {
    return measuredFrom;
  }

  /** Whether a request that is meant for this moment is in the measured time. */
  boolean counts(long intended) {
    return intended >= measuredFrom;
  }

  /** Nothing is sent that is meant for here or later. */
  long end() {
    return end;
  }

  /**
   * A second after the last look; near the end a little past it, so that what comes in last is part
   * of a whole second and not a stretch of its own.
   */
  long lookAfter(long last) {
    long next = last + SECOND;
    return Math.abs(next - end) <= SECOND / 2 ? end + SECOND / 2 : next;
  }

  /** Nothing more is sent from now on. */
  void endNow() {
    end = Math.min(end, System.nanoTime());
  }

  Phase phase(long now) {
    if (now >= end) {
      return Phase.DRAIN;
    }
    if (now >= measuredFrom) {
      return Phase.MEASURED;
    }
    return now >= spawnEnd ? Phase.WARM_UP : Phase.RAMP;
  }

  /** How much of the measured time has passed. */
  double measuredSeconds(long now) {
    return Math.max(0, Math.min(now, end) - measuredFrom) / 1e9;
  }
}

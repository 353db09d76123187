package dev.mlops.loadtest;

/** The moments of a test, all by {@link System#nanoTime()}. */
final class Schedule {
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

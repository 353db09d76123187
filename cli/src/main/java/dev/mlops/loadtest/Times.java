package dev.mlops.loadtest;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * Times in nanoseconds, exact to three digits: recorded by one thread, read by another at any time.
 */
final class Times {
  /** Longer times count as this long; timeouts are far below. */
  private static final long LONGEST_NANOS = 3_600_000_000_000L;

  private static final int DIGITS = 3;

  private final SingleWriterRecorder recorder = new SingleWriterRecorder(LONGEST_NANOS, DIGITS);
  private Histogram spare;

  /** An empty histogram that takes what is recorded here. */
  static Histogram histogram() {
    return new Histogram(LONGEST_NANOS, DIGITS);
  }

  void record(long nanos) {
    recorder.recordValue(Math.clamp(nanos, 0, LONGEST_NANOS));
  }

  /** Moves what was recorded since the last call to the sum. */
  void drainInto(Histogram sum) {
    spare = recorder.getIntervalHistogram(spare);
    sum.add(spare);
  }
}

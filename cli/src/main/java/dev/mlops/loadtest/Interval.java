package dev.mlops.loadtest;

import org.HdrHistogram.Histogram;

/** A stretch of time, summed up over all threads; nanoseconds. */
final class Interval {
  private final Histogram latency = Times.histogram();
  private final Histogram service = Times.histogram();
  private long errors;

  /** From the intended moment. */
  Histogram latency() {
    return latency;
  }

  /** From the moment of sending. */
  Histogram service() {
    return service;
  }

  long answers() {
    return latency.getTotalCount();
  }

  /** Answered or not. */
  long requests() {
    return answers() + errors;
  }

  long errors() {
    return errors;
  }

  void addErrors(long count) {
    errors += count;
  }

  void add(Interval other) {
    latency.add(other.latency);
    service.add(other.service);
    errors += other.errors;
  }

  void clear() {
    latency.reset();
    service.reset();
    errors = 0;
  }
}

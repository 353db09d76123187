package dev.mlops.loadtest;

import org.HdrHistogram.Histogram;

/**
 * What a gate is held against: the measured time or a part of it, without what came before.
 *
 * @param latency of answered requests from their intended moment, nanoseconds
 * @param requests answered or not
 */
record Measured(Histogram latency, long requests, long errors, double seconds) {
  static Measured of(Interval interval, double seconds) {
    return new Measured(interval.latency(), interval.requests(), interval.errors(), seconds);
  }

  double throughput() {
    return seconds > 0 ? (requests - errors) / seconds : 0;
  }

  double errorPercent() {
    return requests == 0 ? 0 : 100.0 * errors / requests;
  }
}

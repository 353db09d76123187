package dev.mlops.loadtest;

import org.HdrHistogram.Histogram;

/**
 * What the gates are held against: the measured time, without what came before it.
 *
 * @param latency of answered requests from their intended moment, nanoseconds
 * @param requests answered or not
 */
record Measured(Histogram latency, long requests, long errors, double seconds) {
  double throughput() {
    return seconds > 0 ? (requests - errors) / seconds : 0;
  }

  double errorPercent() {
    return requests == 0 ? 0 : 100.0 * errors / requests;
  }
}

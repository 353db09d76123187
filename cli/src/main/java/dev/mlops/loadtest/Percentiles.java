package dev.mlops.loadtest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** A distribution of times in milliseconds, exact to three digits. */
public record Percentiles(
    long count,
    double min,
    double mean,
    double p50,
    double p90,
    double p95,
    double p99,
    double p999,
    double max) {

  /**
   * @param nanos recorded in nanoseconds
   * @return absent if nothing was recorded: there is no percentile of nothing
   */
  static Optional<Percentiles> of(Histogram nanos) {
    if (nanos.getTotalCount() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Percentiles(
            nanos.getTotalCount(),
            nanos.getMinValue() / 1e6,
            nanos.getMean() / 1e6,
            at(nanos, 50),
            at(nanos, 90),
            at(nanos, 95),
            at(nanos, 99),
            at(nanos, 99.9),
            nanos.getMaxValue() / 1e6));
  }

  private static double at(Histogram nanos, double percentile) {
    return nanos.getValueAtPercentile(percentile) / 1e6;
  }

  ObjectNode json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("count", count)
        .put("min", min)
        .put("mean", mean)
        .put("p50", p50)
        .put("p90", p90)
        .put("p95", p95)
        .put("p99", p99)
        .put("p999", p999)
        .put("max", max);
  }
}

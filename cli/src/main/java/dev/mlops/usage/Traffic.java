package dev.mlops.usage;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Requests over a while.
 *
 * @param seconds how long that was
 * @param buckets as {@link Page} has them, but of this while alone
 */
record Traffic(double seconds, double requests, double errors, TreeMap<Double, Double> buckets) {
  private static final double P95 = 0.95;
  private static final double MILLIS = 1000;

  /** Empty if the process began anew in between: its counts fell. */
  static Optional<Traffic> between(Page before, Page after, double seconds) {
    if (after.requests() < before.requests()) {
      return Optional.empty();
    }
    var buckets = new TreeMap<Double, Double>();
    after
        .buckets()
        .forEach((bound, count) ->
            buckets.put(bound, count - before.buckets().getOrDefault(bound, 0.0)));
    return Optional.of(
        new Traffic(
            seconds,
            after.requests() - before.requests(),
            after.errors() - before.errors(),
            buckets));
  }

  Traffic plus(Traffic other) {
    var both = new TreeMap<>(buckets);
    other.buckets.forEach((bound, count) -> both.merge(bound, count, Double::sum));
    return new Traffic(seconds, requests + other.requests, errors + other.errors, both);
  }

  double requestsPerSecond() {
    return requests / seconds;
  }

  double errorsPerSecond() {
    return errors / seconds;
  }

  /**
   * Within its bucket it is taken to lie evenly, as Prometheus does; past the last bound it is that
   * bound. Empty if nothing was asked.
   */
  Optional<Double> p95Millis() {
    double all = buckets.isEmpty() ? 0 : buckets.lastEntry().getValue();
    if (all <= 0) {
      return Optional.empty();
    }
    double below = 0;
    double lower = 0;
    for (Map.Entry<Double, Double> bucket : buckets.entrySet()) {
      double upper = bucket.getKey();
      if (bucket.getValue() >= P95 * all) {
        double share = (P95 * all - below) / (bucket.getValue() - below);
        double value = Double.isInfinite(upper) ? lower : lower + (upper - lower) * share;
        return Optional.of(value * MILLIS);
      }
      below = bucket.getValue();
      lower = upper;
    }
    return Optional.of(lower * MILLIS);
  }
}

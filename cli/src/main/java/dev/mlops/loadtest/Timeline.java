package dev.mlops.loadtest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The seconds of a test, few enough to be drawn. */
record Timeline(List<Slice> slices) {
  static final int MOST_SLICES = 600;

  /**
   * Some seconds that are drawn as one.
   *
   * @param rate good answers per second, on average
   * @param errorRate per second, on average
   * @param p50 milliseconds; the worst of the seconds, as percentiles can't be averaged; NaN if
   *     there was no good answer
   */
  record Slice(
      double from,
      double to,
      double rate,
      double errorRate,
      double p50,
      double p95,
      double p99,
      int users,
      int connections,
      Optional<ReplicaSampler.Sample> replicas) {}

  static Timeline of(List<Snapshot> seconds) {
    int width = Math.max(1, Math.ceilDiv(seconds.size(), MOST_SLICES));
    List<Slice> slices = new ArrayList<>();
    double from = 0;
    for (int i = 0; i < seconds.size(); i += width) {
      List<Snapshot> part = seconds.subList(i, Math.min(i + width, seconds.size()));
      slices.add(slice(from, part));
      from = part.getLast().second();
    }
    return new Timeline(slices);
  }

  private static Slice slice(double from, List<Snapshot> part) {
    Snapshot last = part.getLast();
    double seconds = Math.max(last.second() - from, 1e-3);
    long errors = part.stream().mapToLong(Snapshot::errors).sum();
    long requests = part.stream().mapToLong(Snapshot::requests).sum();
    return new Slice(
        from,
        last.second(),
        (requests - errors) / seconds,
        errors / seconds,
        worst(part, Percentiles::p50),
        worst(part, Percentiles::p95),
        worst(part, Percentiles::p99),
        last.users(),
        last.connections(),
        last.replicas());
  }

  private static double worst(List<Snapshot> part, ToDoubleFunction<Percentiles> percentile) {
    return part.stream()
        .flatMap(second -> second.latency().stream())
        .mapToDouble(percentile)
        .max()
        .orElse(Double.NaN);
  }

  double end() {
    return slices.isEmpty() ? 1 : slices.getLast().to();
  }

  boolean hasReplicas() {
    return slices.stream().anyMatch(slice -> slice.replicas().isPresent());
  }

  double greatest(ToDoubleFunction<Slice> value) {
    return slices.stream().mapToDouble(value).filter(v -> !Double.isNaN(v)).max().orElse(0);
  }

  double least(ToDoubleFunction<Slice> value) {
    return slices.stream().mapToDouble(value).filter(v -> v > 0).min().orElse(1);
  }
}

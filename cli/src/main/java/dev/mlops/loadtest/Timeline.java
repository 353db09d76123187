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
   * @param draining whether nothing was sent any more
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
      boolean draining,
      Optional<ReplicaSampler.Sample> replicas) {}

  /** A test that is stopped leaves a moment at its end, of which a rate would be chance. */
  private static final double SHORTEST_END = 0.3;

  static Timeline of(List<Snapshot> all) {
    List<Snapshot> seconds = withoutShortEnd(all);
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

  private static List<Snapshot> withoutShortEnd(List<Snapshot> all) {
    int last = all.size() - 1;
    boolean isShort =
        last > 0 && all.get(last).second() - all.get(last - 1).second() < SHORTEST_END;
    return isShort ? all.subList(0, last) : all;
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
        part.getFirst().phase() == Phase.DRAIN,
        last.replicas());
  }

  private static double worst(List<Snapshot> part, ToDoubleFunction<Percentiles> percentile) {
    return part.stream()
        .flatMap(second -> second.latency().stream())
        .mapToDouble(percentile)
        .max()
        .orElse(Double.NaN);
  }

  /** From when on nothing was sent any more; the end if there is no such stretch. */
  double drainsFrom() {
    return slices.stream().filter(Slice::draining).findFirst().map(Slice::from).orElse(end());
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

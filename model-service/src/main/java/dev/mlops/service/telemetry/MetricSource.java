package dev.mlops.service.telemetry;

/** Something that has metrics to show. */
@FunctionalInterface
public interface MetricSource {
  /** Called by any thread, at every scrape. */
  void writeTo(MetricsPage page);
}

package dev.mlops.service.trace;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * Where spans go, and how: <a
 * href="https://opentelemetry.io/docs/specs/otel/protocol/exporter/">OpenTelemetry's variables</a>.
 *
 * @param endpoint with its path
 * @param resource attributes of the process
 */
public record OtlpSettings(
    URI endpoint,
    Map<String, String> headers,
    Duration timeout,
    boolean gzip,
    Map<String, String> resource,
    Batch batch) {
  /**
   * @param queue how many requests' spans may wait
   * @param most spans of one export
   * @param delay the longest that a span waits for others
   */
  public record Batch(int queue, int most, Duration delay) {}

  public OtlpSettings {
    headers = Map.copyOf(headers);
    resource = Map.copyOf(resource);
  }
}

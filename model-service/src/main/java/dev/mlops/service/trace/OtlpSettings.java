package dev.mlops.service.trace;

import dev.mlops.service.identity.AccessTokens;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/**
 * Where spans go, and how: <a
 * href="https://opentelemetry.io/docs/specs/otel/protocol/exporter/">OpenTelemetry's variables</a>.
 *
 * @param endpoint with its path
 * @param tls how an https endpoint is trusted; nothing if as the JVM does
 * @param tokens one goes with each export; none to a collector
 * @param resource attributes of the process
 */
public record OtlpSettings(
    URI endpoint,
    Map<String, String> headers,
    Optional<SSLSocketFactory> tls,
    Optional<AccessTokens> tokens,
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

package dev.mlops.service.serve;

import dev.mlops.service.http.Listen;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the environment asks for; the table in docs/reference/http.md.
 *
 * @param traceRatio share of the requests without a traceparent that are sampled, 0 to 1
 */
record Settings(Listen listen, Path model, Health health, Drain drain, double traceRatio) {
  /** The paths of the two checks. */
  record Health(String liveness, String readiness) {}

  /**
   * @param delay for which new connections are still taken after SIGTERM
   * @param limit the longest that stopping takes
   */
  record Drain(Duration delay, Duration limit) {}
}

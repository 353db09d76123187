package dev.mlops.service.serve;

import dev.mlops.service.api.Paths;
import dev.mlops.service.http.Listen;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the environment asks for; the table in docs/reference/http.md.
 *
 * @param traceRatio share of the requests without a traceparent that are sampled, 0 to 1
 */
record Settings(Listen listen, Path model, Paths paths, Drain drain, double traceRatio) {
  /**
   * @param delay for which new connections are still taken after SIGTERM
   * @param limit the longest that stopping takes
   */
  record Drain(Duration delay, Duration limit) {}
}

package dev.mlops.service.serve;

import dev.mlops.service.api.Paths;
import dev.mlops.service.http.Listen;
import dev.mlops.service.predict.Batching;
import dev.mlops.service.trace.OtlpSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What the environment asks for; the table in docs/reference/http.md. */
record Settings(
    Listen listen, Path model, Paths paths, Drain drain, Traces traces, Batching batching) {
  /**
   * @param ratio share of the requests without a traceparent that are traced, 0 to 1
   * @param export where spans go; none if they go nowhere
   */
  record Traces(double ratio, Optional<OtlpSettings> export) {}

  /**
   * @param delay for which new connections are still taken after SIGTERM
   * @param limit the longest that stopping takes
   */
  record Drain(Duration delay, Duration limit) {}
}

package dev.mlops.service.trace;

import java.util.Optional;

/**
 * How requests are traced.
 *
 * @param ratio share of the requests without a traceparent that are traced, 0 to 1
 * @param queue where spans go; none if they are in the log only
 */
public record Tracing(double ratio, Optional<SpanQueue> queue) {
  /** Without spans: trace ids stand in the log. */
  public static Tracing logged(double ratio) {
    return new Tracing(ratio, Optional.empty());
  }

  /** For one thread. */
  public Tracer tracer() {
    return new Tracer(ratio, queue);
  }
}

package dev.mlops.service.trace;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A piece of work that is over.
 *
 * @param parent the span that it is a part of
 * @param state the trace's, as the caller sent it; empty if there is none
 * @param from nanoseconds since the epoch
 * @param to the same
 * @param attributes texts and whole numbers
 * @param failed by the service's own fault
 */
record Span(
    String traceId,
    String spanId,
    Optional<String> parent,
    String state,
    String name,
    Kind kind,
    long from,
    long to,
    Map<String, Object> attributes,
    boolean failed) {
  /** The numbers of OTLP's SpanKind. */
  enum Kind {
    INTERNAL(1),
    SERVER(2);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }
  }

  Span {
    attributes = new LinkedHashMap<>(attributes);
  }
}

package dev.mlops.service.trace;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Spans as <a
 * href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto">OTLP</a>
 * writes them; the numbers are the fields'.
 */
final class SpanMessage {
  private static final HexFormat HEX = HexFormat.of();
  private static final int ERROR = 2;
  private static final int SAMPLED = 1;
  private static final int SAYS_WHETHER_REMOTE = 0x100;
  private static final int REMOTE = 0x200;

  private SpanMessage() {}

  /**
   * An ExportTraceServiceRequest.
   *
   * @param resource attributes of the process
   */
  static byte[] of(Map<String, String> resource, List<Span> spans) {
    Message attributes = new Message();
    resource.forEach((key, value) -> attributes.message(1, attribute(key, value)));
    Message scope =
        new Message().message(1, new Message().text(1, "dev.mlops.service").text(2, Version.OWN));
    spans.forEach(span -> scope.message(2, span(span)));
    Message all = new Message().message(1, attributes).message(2, scope);
    return new Message().message(1, all).toBytes();
  }

  private static Message span(Span span) {
    Message message =
        new Message()
            .bytes(1, HEX.parseHex(span.traceId()))
            .bytes(2, HEX.parseHex(span.spanId()))
            .text(3, span.state());
    span.parent().ifPresent(parent -> message.bytes(4, HEX.parseHex(parent)));
    message
        .text(5, span.name())
        .number(6, span.kind().number())
        .fixed64(7, span.from())
        .fixed64(8, span.to());
    span.attributes().forEach((key, value) -> message.message(9, attribute(key, value)));
    if (span.failed()) {
      message.message(15, new Message().number(3, ERROR));
    }
    boolean remote = span.kind() == Span.Kind.SERVER && span.parent().isPresent();
    return message.fixed32(16, SAMPLED | SAYS_WHETHER_REMOTE | (remote ? REMOTE : 0));
  }

  private static Message attribute(String key, Object value) {
    Message any =
        switch (value) {
          case Integer number -> new Message().number(3, number);
          case Long number -> new Message().number(3, number);
          // An empty text is one all the same, so the field has to be there.
          default ->
              new Message()
                  .bytes(1, value.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        };
    return new Message().text(1, key).message(2, any);
  }
}

package dev.mlops.service.http;

import static dev.mlops.service.http.RunningServer.GOOD;
import static dev.mlops.service.http.RunningServer.get;
import static dev.mlops.service.http.RunningServer.post;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import dev.mlops.service.json.Json;
import dev.mlops.service.telemetry.JsonLog;
import dev.mlops.service.trace.Collector;
import dev.mlops.service.trace.OtlpExporter;
import dev.mlops.service.trace.OtlpSettings;
import dev.mlops.service.trace.OtlpSettingsReader;
import dev.mlops.service.trace.Tracing;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server, a client that is part of a trace, and a collector. */
@Timeout(60)
final class TraceTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String CALLER = "00f067aa0ba902b7";
  private static final String SAMPLED =
      "traceparent: 00-"
          + TRACE
          + "-"
          + CALLER
          + "-01\r\ntracestate: vendor=7\r\nTraceState: other=8\r\n";
  private static final String NOT_SAMPLED = "traceparent: 00-" + TRACE + "-" + CALLER + "-00\r\n";

  @Test
  void goesOnWithTheCallersTrace() throws Exception {
    try (Collector collector = new Collector();
        OtlpExporter exporter = exporter(collector.address())) {
      try (RunningServer server =
              RunningServer.traced(new Tracing(0, Optional.of(exporter.queue())));
          RawClient client = server.client()) {
        client.send(post(GOOD)).answer();
        client.send(post(NOT_SAMPLED, GOOD)).answer();
        var answer = client.send(post(SAMPLED, GOOD)).answer();
        List<Span> spans = collector.await(4);
        assertEquals(4, spans.size(), "only that one request");
        Span request = spans.getFirst();
        assertEquals(TRACE, hex(request.getTraceId()));
        assertEquals(CALLER, hex(request.getParentSpanId()));
        assertEquals("vendor=7,other=8", request.getTraceState());
        assertEquals("POST /predict", request.getName());
        assertEquals(
            "00-" + TRACE + "-" + hex(request.getSpanId()) + "-01", answer.header("traceresponse"));
        assertEquals(
            List.of("decode", "predict", "encode"),
            spans.stream().skip(1).map(Span::getName).toList());
        for (Span part : spans.subList(1, 4)) {
          assertEquals(request.getSpanId(), part.getParentSpanId());
          assertTrue(part.getStartTimeUnixNano() >= request.getStartTimeUnixNano());
          assertTrue(part.getEndTimeUnixNano() >= part.getStartTimeUnixNano());
          assertTrue(part.getEndTimeUnixNano() <= request.getEndTimeUnixNano());
        }
        Json line = Json.parse(server.log().getBytes(UTF_8), "log");
        assertEquals(hex(request.getSpanId()), line.get("span_id").text());
        assertEquals(TRACE, line.get("logging.googleapis.com/trace").text());
        assertTrue(line.get("logging.googleapis.com/trace_sampled").flag());
      }
    }
  }

  @Test
  void beginsTracesByTheRatio() throws Exception {
    try (Collector collector = new Collector();
        OtlpExporter exporter = exporter(collector.address());
        RunningServer server = RunningServer.traced(new Tracing(1, Optional.of(exporter.queue())));
        RawClient client = server.client()) {
      client.send(get("/live_check")).answer();
      client.send(post(GOOD)).answer();
      client.send(post("{}")).answer();
      List<Span> spans = collector.await(6);
      List<Span> roots = spans.stream().filter(span -> span.getParentSpanId().isEmpty()).toList();
      assertEquals(2, roots.size(), "health checks are not traced");
      assertEquals(2, roots.stream().map(Span::getTraceId).collect(Collectors.toSet()).size());
      assertEquals(
          Set.of("", "missing_field"),
          roots.stream()
              .map(root -> attributes(root).getOrDefault("mlops.fault", ""))
              .collect(Collectors.toSet()));
    }
  }

  @Test
  void namesWhatItTellsAsOpenTelemetryDoes() throws Exception {
    try (Collector collector = new Collector();
        OtlpExporter exporter = exporter(collector.address());
        RunningServer server = RunningServer.traced(new Tracing(1, Optional.of(exporter.queue())));
        RawClient client = server.client()) {
      String known = post("/predict?key=secret", "User-Agent: checker/1\r\n", GOOD);
      client.send(known).answer();
      String unknown = "BREW /pot HTTP/1.0\r\nHost: x\r\n\r\n";
      client.send(unknown).answer();
      List<Span> spans = collector.await(5);
      assertEquals(
          Map.of(
              "http.request.method", "POST",
              "http.route", "/predict",
              "http.response.status_code", "200",
              "url.path", "/predict",
              "url.scheme", "http",
              "network.protocol.version", "1.1",
              "user_agent.original", "checker/1"),
          attributes(spans.getFirst()));
      assertEquals("HTTP", spans.getLast().getName());
      assertEquals(
          Map.of(
              "http.request.method", "_OTHER",
              "http.response.status_code", "404",
              "url.path", "/pot",
              "url.scheme", "http",
              "network.protocol.version", "1.0",
              "mlops.fault", "not_found"),
          attributes(spans.getLast()));
    }
  }

  private static Map<String, String> attributes(Span span) {
    return span.getAttributesList().stream()
        .collect(
            Collectors.toMap(
                KeyValue::getKey,
                attribute ->
                    attribute.getValue().hasIntValue()
                        ? Long.toString(attribute.getValue().getIntValue())
                        : attribute.getValue().getStringValue()));
  }

  @Test
  void showsExamplesInOpenMetrics() throws Exception {
    try (RunningServer server = RunningServer.traced(Tracing.logged(0));
        RawClient client = server.client()) {
      client.send(post(SAMPLED, GOOD)).answer();
      String plain = client.send(get("/metrics")).answer().body();
      assertFalse(plain.contains(TRACE));
      var answer = client.send(getOpenMetrics()).answer();
      assertTrue(
          answer.header("content-type").startsWith("application/openmetrics-text; version=1.0.0"));
      assertTrue(answer.body().contains(" # {trace_id=\"" + TRACE + "\"} "), answer.body());
      assertTrue(answer.body().contains("# TYPE http_server_requests counter\n"));
      assertTrue(answer.body().endsWith("# EOF\n"));
    }
  }

  /** By the parsers of Prometheus's own Python client, where python3 has it. */
  @Test
  void isReadByPrometheus() throws Exception {
    String python = Objects.requireNonNullElse(System.getenv("MLOPS_TEST_PYTHON"), "python3");
    assumeTrue(
        run(python, "import prometheus_client", "") == 0,
        "skipped: " + python + " has no prometheus_client (pip install prometheus_client)");
    try (RunningServer server = RunningServer.traced(Tracing.logged(0));
        RawClient client = server.client()) {
      for (int i = 0; i < 150; i++) {
        client.send(post(SAMPLED, GOOD)).answer();
      }
      String plain = client.send(get("/metrics")).answer().body();
      String open = client.send(getOpenMetrics()).answer().body();
      assertEquals(0, run(python, reading("parser"), plain));
      assertEquals(0, run(python, reading("openmetrics.parser"), open));
    }
  }

  private static String reading(String parser) {
    return """
    import sys
    from prometheus_client.%s import text_string_to_metric_families as read
    families = list(read(sys.stdin.read()))
    assert len(families) > 15, families
    assert 'http_server_request_duration_seconds' in [f.name for f in families]
    """
        .formatted(parser);
  }

  private static int run(String python, String program, String input) throws Exception {
    try {
      Process process =
          new ProcessBuilder(python, "-c", program)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      process.getOutputStream().write(input.getBytes(UTF_8));
      process.getOutputStream().close();
      return process.waitFor();
    } catch (IOException e) {
      return -1;
    }
  }

  private static String getOpenMetrics() {
    String accept = "application/openmetrics-text;version=1.0.0,text/plain;q=0.5";
    return "GET /metrics HTTP/1.1\r\nHost: x\r\nAccept: %s\r\n\r\n".formatted(accept);
  }

  private static OtlpExporter exporter(String endpoint) {
    OtlpSettings settings =
        new OtlpSettingsReader(
                Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint, "OTEL_BSP_SCHEDULE_DELAY", "1"),
                problem -> {
                  throw new AssertionError(problem);
                })
            .read()
            .orElseThrow();
    return OtlpExporter.start(settings, new JsonLog(new ByteArrayOutputStream()));
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }
}

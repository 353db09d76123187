package dev.mlops.service.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpServer;
import dev.mlops.service.telemetry.JsonLog;
import dev.mlops.service.telemetry.MetricsPage;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class OtlpExporterTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";
  private static final String CALLER = "00f067aa0ba902b8";
  private static final int TRIES = 4;

  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final JsonLog log = new JsonLog(logged);

  @Test
  void writesSpansAsOpenTelemetryReadsThem() throws Exception {
    try (Collector collector = new Collector();
        OtlpExporter exporter =
            exporter(
                collector.address(),
                Map.of(
                    "OTEL_SERVICE_NAME", "iris",
                    "OTEL_RESOURCE_ATTRIBUTES", "deployment.environment=prod,team=a%20b",
                    "OTEL_EXPORTER_OTLP_HEADERS", "api-key=secret%3D"))) {
      exporter.queue().offer(List.of(span(true)));
      var span = collector.await(1).getFirst();
      assertEquals(TRACE, hex(span.getTraceId()));
      assertEquals(SPAN, hex(span.getSpanId()));
      assertEquals(CALLER, hex(span.getParentSpanId()));
      assertEquals("vendor=1", span.getTraceState());
      assertEquals("POST /predict", span.getName());
      assertEquals(SpanKind.SPAN_KIND_SERVER, span.getKind());
      assertEquals(1_700_000_000_000_000_001L, span.getStartTimeUnixNano());
      assertEquals(1_700_000_000_000_000_900L, span.getEndTimeUnixNano());
      assertEquals(Status.StatusCode.STATUS_CODE_ERROR, span.getStatus().getCode());
      assertEquals(0x301, span.getFlags(), "sampled, and the caller is another process");
      Map<String, KeyValue> attributes =
          span.getAttributesList().stream().collect(Collectors.toMap(KeyValue::getKey, a -> a));
      assertEquals(500, attributes.get("http.response.status_code").getValue().getIntValue());
      assertEquals("/predict", attributes.get("http.route").getValue().getStringValue());
      Map<String, String> resource =
          collector
              .requests()
              .getFirst()
              .getResourceSpans(0)
              .getResource()
              .getAttributesList()
              .stream()
              .collect(Collectors.toMap(KeyValue::getKey, a -> a.getValue().getStringValue()));
      assertEquals("iris", resource.get("service.name"));
      assertEquals("prod", resource.get("deployment.environment"));
      assertEquals("a b", resource.get("team"));
      assertEquals("secret=", collector.header(0, "api-key"));
      assertEquals("application/x-protobuf", collector.header(0, "Content-Type"));
    }
  }

  @Test
  void countsAsLostWhatTheCollectorLeavesOut() throws Exception {
    try (Collector collector = new Collector();
        OtlpExporter exporter = exporter(collector.address(), Map.of())) {
      collector.leaveOut(2);
      exporter.queue().offer(List.of(span(false), span(false), span(false)));
      awaitLost(exporter, 2);
      assertEquals(3, collector.await(3).size());
    }
    log.close();
    String lines = logged.toString(UTF_8);
    assertTrue(lines.contains("it left out 2 spans, saying 'full'"), lines);
  }

  @Test
  void saysThatAHeaderCantBeSent() throws Exception {
    Map<String, String> broken = Map.of("OTEL_EXPORTER_OTLP_HEADERS", "x-tenant=a%0Ab");
    try (Collector collector = new Collector();
        OtlpExporter exporter = exporter(collector.address(), broken)) {
      exporter.queue().offer(List.of(span(false)));
      awaitLost(exporter, 1);
      exporter.queue().offer(List.of(span(false)));
      awaitLost(exporter, 2);
    }
    log.close();
    String lines = logged.toString(UTF_8);
    assertTrue(lines.contains("has a header that can't be sent"), lines);
    assertFalse(lines.contains("a\\nb"), lines);
  }

  @Test
  void takesAnAnswerThatIsNoProtobufForSuccess() {
    assertEquals(PartialSuccess.ALL, PartialSuccess.read("{\"a\":1}".getBytes(UTF_8)));
    assertEquals(PartialSuccess.ALL, PartialSuccess.read(new byte[0]));
  }

  @Test
  void compressesWhereItIsAskedTo() throws Exception {
    try (Collector collector = new Collector();
        OtlpExporter exporter =
            exporter(collector.address(), Map.of("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip"))) {
      exporter.queue().offer(List.of(span(false)));
      assertEquals(TRACE, hex(collector.await(1).getFirst().getTraceId()));
    }
  }

  @Test
  void sendsWhatIsLeftWhenItIsClosed() throws Exception {
    try (Collector collector = new Collector()) {
      OtlpExporter exporter =
          exporter(collector.address(), Map.of("OTEL_BSP_SCHEDULE_DELAY", "600000"));
      for (int i = 0; i < 700; i++) {
        exporter.queue().offer(List.of(span(false)));
      }
      exporter.close();
      assertEquals(700, collector.spans().size());
    }
  }

  @Test
  void losesOnlySpansToACollectorThatRefuses() throws Exception {
    try (Collector collector = new Collector();
        OtlpExporter exporter = exporter(collector.address(), Map.of())) {
      collector.answer(503);
      exporter.queue().offer(List.of(span(false)));
      awaitLost(exporter, 1);
      assertEquals(TRIES, collector.times().size());
      collector.answer(200);
      exporter.queue().offer(List.of(span(false)));
      collector.await(1);
    }
    log.close();
    String lines = logged.toString(UTF_8);
    assertTrue(lines.contains("Spans are lost"), lines);
    assertTrue(lines.contains("status 503"), lines);
    assertTrue(lines.contains("Spans are taken again"), lines);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 502, 503, 504})
  void triesAgainWhatMayPass(int status) throws Exception {
    try (Collector collector = new Collector()) {
      OtlpExporter exporter = exporter(collector.address(), Map.of());
      collector.answerOnce(status);
      collector.answerOnce(status);
      exporter.queue().offer(List.of(span(false)));
      collector.await(1);
      exporter.close();
      assertEquals(3, collector.times().size());
      assertEquals(1, collector.spans().size());
      assertTrue(metrics(exporter).contains("trace_spans_exported_total 1\n"), metrics(exporter));
      assertTrue(metrics(exporter).contains("{reason=\"export_failed\"} 0\n"), metrics(exporter));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 500, 501})
  void triesNothingElseAgain(int status) throws Exception {
    try (Collector collector = new Collector();
        OtlpExporter exporter = exporter(collector.address(), Map.of())) {
      collector.answerOnce(status);
      exporter.queue().offer(List.of(span(false)));
      awaitLost(exporter, 1);
      exporter.queue().offer(List.of(span(false)));
      collector.await(1);
      assertEquals(2, collector.times().size());
    }
  }

  @Test
  void waitsAsLongAsItIsAskedTo() throws Exception {
    try (Collector collector = new Collector();
        OtlpExporter exporter = exporter(collector.address(), Map.of())) {
      collector.answerOnce(503);
      collector.retryAfter("1");
      exporter.queue().offer(List.of(span(false)));
      collector.await(1);
      long waited = collector.times().get(1) - collector.times().get(0);
      assertTrue(waited >= 990_000_000L, waited + " ns");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Sun, 06 Nov 1994 08:49:37 GMT", "0", "-1", "soon", "99999999999"})
  void goesOnWhateverItIsAskedFor(String retryAfter) throws Exception {
    try (Collector collector = new Collector();
        OtlpExporter exporter = exporter(collector.address(), Map.of())) {
      collector.answerOnce(429);
      collector.retryAfter(retryAfter);
      exporter.queue().offer(List.of(span(false)));
      collector.await(1);
    }
  }

  /** What waits to be tried again is tried once more when the service ends. */
  @Test
  void keepsNothingBackWhenItIsClosed() throws Exception {
    try (Collector collector = new Collector()) {
      OtlpExporter exporter = exporter(collector.address(), Map.of());
      collector.answerOnce(503);
      collector.retryAfter("60");
      exporter.queue().offer(List.of(span(false)));
      while (collector.times().isEmpty()) {
        Thread.sleep(5);
      }
      exporter.queue().offer(List.of(span(false)));
      exporter.close();
      assertEquals(2, collector.spans().size());
    }
  }

  @Test
  void waitsLongerEachTime() {
    Backoff backoff = new Backoff(5, Duration.ofSeconds(1));
    SplittableRandom random = new SplittableRandom(1);
    for (int attempt = 1; attempt < 5; attempt++) {
      long most = 1000L << (attempt - 1);
      long millis = backoff.pause(attempt, random).toMillis();
      assertTrue(millis >= most / 2 && millis <= most, millis + " ms");
    }
  }

  /** It takes the connection and never answers. */
  @Test
  void neverWaitsForACollectorThatHangs() throws Exception {
    try (ServerSocket hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        OtlpExporter exporter =
            exporter(
                "http://127.0.0.1:" + hanging.getLocalPort(),
                Map.of("OTEL_BSP_MAX_QUEUE_SIZE", "10", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "1"))) {
      for (int i = 0; i < 1000; i++) {
        exporter.queue().offer(List.of(span(false)));
      }
      assertTrue(metrics(exporter).contains("trace_spans_exported_total 0\n"), metrics(exporter));
      assertTrue(
          metrics(exporter).matches("(?s).*reason=\"queue_full\"\\} 9[0-9][0-9]\n.*"),
          metrics(exporter));
    }
  }

  @Test
  void readsOpenTelemetrysVariables() {
    List<String> problems = new ArrayList<>();
    var none = new OtlpSettingsReader(Map.of(), problems::add);
    assertEquals(Optional.empty(), none.read());
    assertEquals(Optional.empty(), none.ratio());
    Map<String, String> own =
        Map.of(
            "OTEL_EXPORTER_OTLP_ENDPOINT", "http://all:4318/",
            "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "https://traces/v1/x",
            "OTEL_EXPORTER_OTLP_TIMEOUT", "250",
            "OTEL_TRACES_SAMPLER", "parentbased_traceidratio",
            "OTEL_TRACES_SAMPLER_ARG", "0.25");
    var reader = new OtlpSettingsReader(own, problems::add);
    assertEquals("https://traces/v1/x", reader.read().orElseThrow().endpoint().toString());
    assertEquals(250, reader.read().orElseThrow().timeout().toMillis());
    assertEquals(Optional.of(0.25), reader.ratio());
    Map<String, String> off = new HashMap<>(own);
    off.put("OTEL_TRACES_EXPORTER", "none");
    assertEquals(Optional.empty(), new OtlpSettingsReader(off, problems::add).read());
    assertEquals(
        "http://localhost:4318/v1/traces",
        new OtlpSettingsReader(Map.of("OTEL_TRACES_EXPORTER", "otlp"), problems::add)
            .read()
            .orElseThrow()
            .endpoint()
            .toString());
    assertEquals(List.of(), problems);
  }

  /** Cloud Trace takes spans from whoever the pod is, for the project that they name. */
  @Test
  void eachExportToGoogleHasATokenOfThePods() throws Exception {
    OtlpSettings google = google("https://telemetry.googleapis.com");
    assertTrue(google.tokens().isPresent());
    assertEquals("my-project", google.resource().get("gcp.project_id"));
    assertTrue(google("https://telemetry.us-central1.rep.googleapis.com").tokens().isPresent());
    assertTrue(google("https://telemetry.googleapis.com.example.com").tokens().isEmpty());
    assertTrue(google("http://telemetry.googleapis.com").tokens().isEmpty(), "never in plaintext");

    try (Metadata metadata = new Metadata();
        Collector collector = new Collector();
        OtlpExporter exporter =
            OtlpExporter.start(
                asGoogle(collector, metadata), new Backoff(TRIES, Duration.ofMillis(1)), log)) {
      collector.answerOnce(401);
      exporter.queue().offer(List.of(span(true)));
      collector.await(1);
      assertEquals("Bearer token-1", collector.header(0, "Authorization"));
      assertEquals("Bearer token-2", collector.header(1, "Authorization"), "another after a 401");
    }
    log.close();
    assertFalse(logged.toString(UTF_8).contains("token-"), logged.toString(UTF_8));
  }

  private static OtlpSettings google(String endpoint) {
    Map<String, String> environment =
        Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint, "GOOGLE_CLOUD_PROJECT", "my-project");
    return new OtlpSettingsReader(environment, problem -> fail(problem)).read().orElseThrow();
  }

  /** The settings for Google's endpoint, sent to a collector on this machine. */
  private static OtlpSettings asGoogle(Collector collector, Metadata metadata) {
    Map<String, String> environment =
        Map.of(
            "OTEL_EXPORTER_OTLP_ENDPOINT", "https://telemetry.googleapis.com",
            "GCE_METADATA_HOST", metadata.address(),
            "OTEL_BSP_SCHEDULE_DELAY", "1");
    OtlpSettings google =
        new OtlpSettingsReader(environment, problem -> fail(problem)).read().orElseThrow();
    return new OtlpSettings(
        URI.create(collector.address() + "/v1/traces"),
        google.headers(),
        google.tls(),
        google.tokens(),
        google.timeout(),
        google.gzip(),
        google.resource(),
        google.batch());
  }

  /** Another token each time. */
  private static final class Metadata implements AutoCloseable {
    private final AtomicInteger asked = new AtomicInteger();
    private final HttpServer server;

    Metadata() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/computeMetadata/v1/instance/service-accounts/default/token",
          exchange -> {
            String token =
                "{\"access_token\":\"token-%d\",\"expires_in\":3599}"
                    .formatted(asked.incrementAndGet());
            exchange.sendResponseHeaders(200, token.length());
            exchange.getResponseBody().write(token.getBytes(UTF_8));
            exchange.close();
          });
      server.start();
    }

    String address() {
      return "127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  @Test
  void tellsWhatMakesNoSense() {
    List<String> problems = new ArrayList<>();
    var reader =
        new OtlpSettingsReader(
            Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317",
                "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc",
                "OTEL_EXPORTER_OTLP_TIMEOUT", "soon",
                "OTEL_TRACES_SAMPLER", "always_on"),
            problems::add);
    reader.read();
    reader.ratio();
    assertEquals(4, problems.size(), problems.toString());
  }

  private OtlpExporter exporter(String endpoint, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>();
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint);
    environment.put("OTEL_BSP_SCHEDULE_DELAY", "1");
    environment.putAll(more);
    List<String> problems = new ArrayList<>();
    OtlpSettings settings = new OtlpSettingsReader(environment, problems::add).read().orElseThrow();
    assertEquals(List.of(), problems);
    return OtlpExporter.start(settings, new Backoff(TRIES, Duration.ofMillis(1)), log);
  }

  static void awaitLost(OtlpExporter exporter, int spans) throws InterruptedException {
    while (!metrics(exporter).contains("{reason=\"export_failed\"} " + spans + "\n")) {
      Thread.sleep(5);
    }
  }

  static Span span(boolean failed) {
    return new Span(
        TRACE,
        SPAN,
        Optional.of(CALLER),
        "vendor=1",
        "POST /predict",
        Span.Kind.SERVER,
        1_700_000_000_000_000_001L,
        1_700_000_000_000_000_900L,
        Map.of("http.route", "/predict", "http.response.status_code", 500),
        failed);
  }

  private static String metrics(OtlpExporter exporter) {
    MetricsPage page = new MetricsPage();
    exporter.queue().writeTo(page);
    return new String(page.bytes(), UTF_8);
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }
}

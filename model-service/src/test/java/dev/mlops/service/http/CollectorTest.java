package dev.mlops.service.http;

import static dev.mlops.service.http.RunningServer.GOOD;
import static dev.mlops.service.http.RunningServer.post;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mlops.service.telemetry.JsonLog;
import dev.mlops.service.telemetry.MetricsPage;
import dev.mlops.service.trace.OtlpExporter;
import dev.mlops.service.trace.OtlpSettings;
import dev.mlops.service.trace.OtlpSettingsReader;
import dev.mlops.service.trace.Tracing;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Spans as OpenTelemetry's own collector reads them. It is named by {@code MLOPS_TEST_OTELCOL}:
 * src/test/resources/conformance/otelcol-builder.yaml says how to get one.
 */
@Timeout(120)
final class CollectorTest {
  private static final String PROGRAM =
      System.getenv().getOrDefault("MLOPS_TEST_OTELCOL", "otelcol");
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String CALLER = "00f067aa0ba902b7";
  private static final String SAMPLED =
      "traceparent: 00-" + TRACE + "-" + CALLER + "-01\r\ntracestate: vendor=7\r\n";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"none", "gzip"})
  void isReadByTheCollector(String compression) throws Exception {
    assumeTrue(isThere(), () -> "there is no collector " + PROGRAM);
    int port = freePort();
    Process collector = start(port);
    try (BufferedReader story = collector.inputReader(UTF_8)) {
      readUntil(story, "Everything is ready");
      OtlpExporter exporter = exporter(port, compression);
      predict(exporter);
      String spans = readUntil(story, "url.scheme: Str(http)");
      assertTrue(spans.contains("service.name: Str(iris)"), spans);
      assertTrue(spans.matches("(?s).*Trace ID +: " + TRACE + "\n.*"), spans);
      assertTrue(spans.matches("(?s).*Parent ID +: " + CALLER + "\n.*"), spans);
      assertTrue(spans.matches("(?s).*TraceState +: vendor=7\n.*"), spans);
      assertTrue(spans.matches("(?s).*Name +: POST /predict\n.*"), spans);
      assertTrue(spans.matches("(?s).*Kind +: Server\n.*"), spans);
      assertTrue(spans.contains("http.response.status_code: Int(200)"), spans);
      exporter.close();
      MetricsPage page = new MetricsPage();
      exporter.queue().writeTo(page);
      assertTrue(new String(page.bytes(), UTF_8).contains("trace_spans_exported_total 4\n"));
    } finally {
      collector.destroy();
      collector.waitFor();
    }
  }

  private static void predict(OtlpExporter exporter) throws IOException {
    try (RunningServer server =
            RunningServer.traced(new Tracing(0, Optional.of(exporter.queue())));
        RawClient client = server.client()) {
      assertEquals(200, client.send(post(SAMPLED, GOOD)).answer().status());
    }
  }

  private static OtlpExporter exporter(int port, String compression) {
    Map<String, String> environment =
        Map.of(
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "http://127.0.0.1:" + port,
            "OTEL_EXPORTER_OTLP_COMPRESSION",
            compression,
            "OTEL_BSP_SCHEDULE_DELAY",
            "1",
            "OTEL_SERVICE_NAME",
            "iris");
    OtlpSettings settings = new OtlpSettingsReader(environment, _ -> {}).read().orElseThrow();
    return OtlpExporter.start(settings, new JsonLog(OutputStream.nullOutputStream()));
  }

  private Process start(int port) throws IOException {
    String config =
        """
        receivers: {otlp: {protocols: {http: {endpoint: "127.0.0.1:%d"}}}}
        exporters: {debug: {verbosity: detailed}}
        service:
          telemetry: {metrics: {level: none}}
          pipelines: {traces: {receivers: [otlp], exporters: [debug]}}
        """
            .formatted(port);
    Path file = Files.writeString(folder.resolve("config.yaml"), config);
    return new ProcessBuilder(PROGRAM, "--config=" + file).redirectErrorStream(true).start();
  }

  private static String readUntil(BufferedReader story, String text) throws IOException {
    StringBuilder read = new StringBuilder();
    for (String line = story.readLine(); line != null; line = story.readLine()) {
      read.append(line).append('\n');
      if (line.contains(text)) {
        return read.toString();
      }
    }
    throw new AssertionError("no '" + text + "' in " + read);
  }

  private static boolean isThere() throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(PROGRAM, "--help")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException _) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}

package dev.mlops.service.http;

import static dev.mlops.service.http.RunningServer.GOOD;
import static dev.mlops.service.http.RunningServer.get;
import static dev.mlops.service.http.RunningServer.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.service.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TelemetryTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";

  @Test
  void countsRequestsPredictionsAndDrift() throws Exception {
    try (RunningServer server = RunningServer.ready();
        RawClient client = server.client()) {
      for (int i = 0; i < 120; i++) {
        client.send(post(GOOD)).answer();
      }
      client.send(post("{}")).answer();
      client.send(get("/some/secret")).answer();
      List<String> page = client.send(get("/metrics")).answer().body().lines().toList();
      assertTrue(
          page.contains(
              "http_server_requests_total{path=\"/predict\",method=\"POST\",status=\"200\"} 120"));
      assertTrue(
          page.contains(
              "http_server_requests_total{path=\"/predict\",method=\"POST\",status=\"400\"} 1"));
      assertTrue(
          page.contains(
              "http_server_requests_total{path=\"other\",method=\"GET\",status=\"404\"} 1"));
      assertTrue(
          page.contains("http_server_request_duration_seconds_count{path=\"/predict\"} 121"));
      assertTrue(page.contains("http_server_requests_in_flight 1"));
      assertTrue(value(page, "model_predictions_total{class=\"mid \\\"x\\\"\"}") >= 0);
      assertTrue(
          page.stream()
              .anyMatch(
                  line -> line.startsWith("model_predictions_total{") && line.endsWith(" 120")));
      // All rows sold, half of the training rows: 0.5 ln 2 + 0.4999 ln 5000.
      assertEquals(4.6, value(page, "model_feature_drift_psi{feature=\"sold\"}"), 0.05);
      assertTrue(value(page, "process_resident_memory_bytes") > 1e6);
      assertTrue(value(page, "process_cpu_seconds_total") > 0);
      assertFalse(String.join("\n", page).contains("secret"));
    }
  }

  @Test
  void logsSomeOfAFloodAndAllOfWhatIsRare() throws Exception {
    try (RunningServer server = RunningServer.ready()) {
      try (RawClient client = server.client()) {
        for (int i = 0; i < 3000; i++) {
          assertEquals(404, client.send(get("/nowhere")).answer().status());
        }
        client.send(post("{\"hidden\":\"value\"}")).answer();
      }
      List<String> lines = server.log().lines().toList();
      long flood = lines.stream().filter(line -> line.contains("not_found")).count();
      assertTrue(flood >= 50 && flood < 3000, "lines: " + flood);
      assertEquals(1, lines.size() - flood);
    }
  }

  @Test
  void logsFailuresAndSampledRequestsWithTheirTrace() throws Exception {
    try (RunningServer server = RunningServer.ready()) {
      try (RawClient client = server.client()) {
        client.send(post(GOOD)).answer();
        client.send(post("traceparent: 00-" + TRACE + "-" + SPAN + "-01\r\n", GOOD)).answer();
        client.send(post("traceparent: 00-" + TRACE + "-" + SPAN + "-00\r\n", GOOD)).answer();
        client.send(post("{\"hidden\":\"value\"}")).answer();
        client.send(get("/ready_check")).answer();
      }
      String log = server.log();
      List<Json> lines =
          log.lines()
              .map(line -> Json.parse(line.getBytes(StandardCharsets.UTF_8), "log"))
              .toList();
      assertEquals(2, lines.size(), log);
      assertEquals("INFO", lines.get(0).get("severity").text());
      assertEquals("POST /predict 200", lines.get(0).get("message").text());
      assertEquals(TRACE, lines.get(0).get("trace_id").text());
      assertEquals(SPAN, lines.get(0).get("span_id").text());
      assertEquals("WARNING", lines.get(1).get("severity").text());
      assertEquals("unknown_field", lines.get(1).get("error").text());
      assertEquals(32, lines.get(1).get("trace_id").text().length());
      assertFalse(log.contains("hidden"));
    }
  }

  @Test
  void logsEveryRequestIfEveryOneIsSampled() throws Exception {
    try (RunningServer server = RunningServer.ready(10, 1)) {
      try (RawClient client = server.client()) {
        for (int i = 0; i < 3; i++) {
          client.send(post(GOOD)).answer();
        }
      }
      assertEquals(3, server.log().lines().count());
    }
  }

  private static double value(List<String> page, String series) {
    return page.stream()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElseThrow();
  }
}

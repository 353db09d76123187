package dev.mlops.service.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.service.artifact.SampleArtifact;
import dev.mlops.service.json.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServiceProcessTest {
  private static final Pattern READY =
      Pattern.compile("Ready on port (\\d+) with sample 0.1.0 .* after (\\d+) ms");

  @TempDir private static Path folder;

  @BeforeAll
  static void train() throws IOException {
    SampleArtifact.write(folder.resolve("model"));
  }

  @Test
  void servesAndEndsWellOnSigterm() throws Exception {
    try (ServiceProcess service = new ServiceProcess("serve", environment("model"))) {
      Matcher ready = READY.matcher(service.awaitLine("Ready"));
      assertTrue(ready.find());
      int port = Integer.parseInt(ready.group(1));
      assertEquals(200, get(port, "/ready_check").statusCode());
      String seconds = "service_startup_seconds " + Long.parseLong(ready.group(2)) / 1e3 + "\n";
      assertTrue(get(port, "/metrics").body().contains(seconds), seconds);
      service.terminate();
      assertEquals(0, service.exitCode());
      for (String line : service.lines()) {
        Json entry = Json.parse(line.getBytes(StandardCharsets.UTF_8), "log");
        assertEquals("INFO", entry.get("severity").text());
        entry.get("timestamp");
      }
      assertTrue(service.lines().getLast().contains("every request was answered"));
    }
  }

  @Test
  void refusesAModelThatDoesNotPredictAsItDid() throws Exception {
    Path changed = SampleArtifact.write(folder.resolve("changed"));
    Path golden = changed.resolve("golden.json");
    String text = Files.readString(golden);
    Matcher probability = Pattern.compile("\"cheap\" : 0\\.").matcher(text);
    assertTrue(probability.find());
    Files.writeString(golden, probability.replaceFirst("\"cheap\" : 1."));
    try (ServiceProcess service = new ServiceProcess("serve", environment("changed"))) {
      service.awaitLine("of the model comes out as");
      assertEquals(1, service.exitCode());
    }
  }

  @Test
  void namesTheFileThatIsMissing() throws Exception {
    Path damaged = SampleArtifact.write(folder.resolve("damaged"));
    Files.delete(damaged.resolve("card.json"));
    try (ServiceProcess service = new ServiceProcess("serve", environment("damaged"))) {
      service.awaitLine("card.json");
      assertEquals(1, service.exitCode());
    }
  }

  @Test
  void endsIfTheProfileDoesNotFitTheModel() throws Exception {
    Path foreign = SampleArtifact.write(folder.resolve("foreign"));
    Path profile = foreign.resolve("profile.json");
    String text = Files.readString(profile);
    String fewer = text.replaceAll("\"blue\", \"grün\", \"red\"", "\"blue\"");
    assertTrue(fewer.length() < text.length(), text);
    Files.writeString(profile, fewer.replaceAll("100, 100, 100", "300"));
    try (ServiceProcess service = new ServiceProcess("serve", environment("foreign"))) {
      assertEquals(1, service.exitCode());
      assertEquals(1, service.lines().size());
    }
  }

  @Test
  void endsIfTheModelDoesNotFitIntoMemory() throws Exception {
    Path large = SampleArtifact.write(folder.resolve("large"));
    try (RandomAccessFile file = new RandomAccessFile(large.resolve("model.pb").toFile(), "rw")) {
      file.setLength(256 << 20);
    }
    Map<String, String> environment = new HashMap<>(environment("large"));
    environment.put("JDK_JAVA_OPTIONS", "-Xmx32m");
    try (ServiceProcess service = new ServiceProcess("serve", environment)) {
      service.awaitLine("does not fit into a heap of ");
      assertEquals(1, service.exitCode());
    }
  }

  @Test
  void namesEveryWrongSettingAtOnce() throws Exception {
    Map<String, String> wrong =
        Map.of(
            "PORT", "http",
            "TRACE_RATIO", "2",
            "LIVENESS_PATH", "/predict",
            "READINESS_PATH", "/v2/health/ready",
            "AIP_PREDICT_ROUTE", "/metrics");
    try (ServiceProcess service = new ServiceProcess("serve", wrong)) {
      assertEquals(2, service.exitCode());
      assertEquals(5, service.lines().size());
    }
  }

  @Test
  void saysThatThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0);
        ServiceProcess service =
            new ServiceProcess("serve", Map.of("PORT", Integer.toString(taken.getLocalPort())))) {
      service.awaitLine("Can't listen on 0.0.0.0 port " + taken.getLocalPort());
      assertEquals(1, service.exitCode());
    }
  }

  @Test
  void rehearsesAndEnds() throws Exception {
    try (ServiceProcess service = new ServiceProcess("warm", environment("model"))) {
      service.awaitLine("Warmed up by");
      assertEquals(0, service.exitCode());
    }
  }

  @Test
  void answersWhereVertexAsks() throws Exception {
    Map<String, String> vertex = new HashMap<>(environment("model"));
    vertex.put("PORT", "1");
    vertex.put("AIP_HTTP_PORT", "0");
    vertex.put("AIP_HEALTH_ROUTE", "/v1/endpoints/7/deployedModels/9");
    // Vertex AI's own examples use it; there it means instances, not the guide's rows.
    vertex.put("AIP_PREDICT_ROUTE", "/predict");
    try (ServiceProcess service = new ServiceProcess("serve", vertex)) {
      Matcher ready = READY.matcher(service.awaitLine("Ready"));
      assertTrue(ready.find());
      int port = Integer.parseInt(ready.group(1));
      assertEquals(200, get(port, "/v1/endpoints/7/deployedModels/9").statusCode());
      assertEquals(200, get(port, "/ready_check").statusCode());
      String instances = "{\"instances\":[{\"size\":1,\"colour\":\"red\",\"sold\":true}]}";
      HttpResponse<String> answer = post(port, "/predict", instances);
      assertEquals(200, answer.statusCode(), answer.body());
      assertTrue(answer.body().startsWith("{\"predictions\":[{"), answer.body());
    }
  }

  private static HttpResponse<String> post(int port, String path, String body) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  private static Map<String, String> environment(String model) {
    return Map.of(
        "MODEL_DIR", folder.resolve(model).toString(),
        "HOST", "127.0.0.1",
        "PORT", "0",
        "DRAIN_DELAY_MILLIS", "0");
  }

  private static HttpResponse<String> get(int port, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }
}

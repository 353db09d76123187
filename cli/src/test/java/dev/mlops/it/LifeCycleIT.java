package dev.mlops.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole life cycle with the built tool, real processes and sockets; each test is the next
 * chapter. It also holds the JSON names of docs/reference/json.md.
 */
@TestMethodOrder(OrderAnnotation.class)
final class LifeCycleIT {
  private static final String FLOWER =
      "{\"sepal_length\": 5.1, \"sepal_width\": 3.5, \"petal_length\": 1.4, \"petal_width\": 0.2}";

  @TempDir private static Path temp;
  private static Tool tool;
  private static int port;

  @BeforeAll
  static void freePort() throws IOException {
    tool = new Tool(temp.resolve("iris"));
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
  }

  @AfterAll
  static void leaveNothingBehind() throws Exception {
    tool.run("destroy", "--yes");
  }

  private static JsonNode run(int status, String... args) throws Exception {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--output", "json"));
    return tool.run(all.toArray(String[]::new)).expect(status).json();
  }

  private static JsonNode run(String... args) throws Exception {
    return run(0, args);
  }

  private static void assertKeys(JsonNode json, String... pointers) {
    assertAll(
        List.of(pointers).stream()
            .map(pointer -> () -> assertFalse(json.at(pointer).isMissingNode(), pointer)));
  }

  private static String predict() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/predict"))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(FLOWER))
              .build();
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  @Test
  @Order(1)
  void initWritesAProjectOnce() throws Exception {
    JsonNode first = run("init", ".");
    assertKeys(first, "/folder", "/written", "/facts", "/steps", "/changed");
    assertTrue(first.path("changed").asInt() > 0);
    assertTrue(first.path("written").toString().contains("\"k8s/deployment.yaml\""));
    Path config = tool.folder().resolve("mlops.yaml");
    Files.writeString(config, Files.readString(config).replaceFirst("port: 8080", "port: " + port));

    assertEquals(2, tool.run("init", ".").status(), "an edited file is not overwritten");
  }

  @Test
  @Order(2)
  void beforeAnythingIsDeployedStatusSaysSo() throws Exception {
    assertEquals("absent", run("status").path("state").asText());
    JsonNode plan = run(3, "plan", "--exit-code");
    assertKeys(plan, "/environment", "/platform", "/steps/0/id", "/steps/0/millis");
    assertEquals("preflight", plan.at("/steps/0/id").asText());
    assertEquals("planned", plan.at("/steps/1/outcome").asText());
    JsonNode error = run(1, "deploy");
    assertKeys(error, "/error/code", "/error/message", "/error/why", "/error/next", "/error/cause");
  }

  @Test
  @Order(2)
  void aFaultOfAManifestIsToldBeforeTheWork() throws Exception {
    Path broken = tool.folder().resolve("k8s/broken.yaml");
    Files.writeString(broken, "a: [1\nb: {");
    JsonNode error = run(2, "up");
    // Whatever comes of this test, the next ones are to have a project that is whole.
    Files.delete(broken);
    assertEquals("MLOPS-MANIFEST-001", error.at("/error/code").asText());
    assertTrue(
        error.at("/error/message").asText().startsWith("k8s/broken.yaml:2"), error.toString());
    assertFalse(Files.exists(tool.folder().resolve("artifacts")), "trained all the same");
  }

  @Test
  @Order(3)
  void trainingIsGatedAndRepeatable() throws Exception {
    JsonNode gated = run(4, "train", "--set", "model.gate.accuracy=1.0");
    assertEquals("MLOPS-MODEL-002", gated.at("/error/code").asText());

    JsonNode trained = run("train");
    assertKeys(trained, "/artifact", "/digest", "/metrics/accuracy", "/gate/passed");
    assertTrue(trained.at("/metrics/accuracy").asDouble() >= 0.9);
    assertEquals(trained.path("digest"), run("train").path("digest"));
  }

  @Test
  @Order(4)
  void theSameInputBuildsTheSameImage() throws Exception {
    JsonNode built = run("build");
    assertKeys(built, "/image", "/digest", "/sizeBytes", "/layers/0/name", "/layers/0/digest");
    Path layout = tool.folder().resolve(".mlops/image");
    deleteAll(layout);

    assertEquals(built.path("digest"), run("build").path("digest"));
  }

  @Test
  @Order(5)
  void upDeploysAndASecondUpChangesNothing() throws Exception {
    JsonNode up = run("up");
    assertEquals("running", up.path("state").asText());
    assertEquals("http://127.0.0.1:" + port, up.path("endpoint").asText());
    assertTrue(predict().contains("\"setosa\""), "a real prediction");

    JsonNode again = run("up");
    assertEquals(0, again.path("changed").asInt(), again::toPrettyString);
    again.path("steps").forEach(step -> assertEquals("unchanged", step.path("outcome").asText()));
    assertEquals(0, run("plan", "--exit-code").path("changed").asInt());
  }

  @Test
  @Order(6)
  void statusTellsWhatRuns() throws Exception {
    JsonNode status = run("status");
    assertKeys(
        status,
        "/endpoint",
        "/release",
        "/image",
        "/state",
        "/replicas/desired",
        "/replicas/ready",
        "/replicas/endpoints/0",
        "/autoscaling/min",
        "/autoscaling/max",
        "/autoscaling/targetCpuPercent",
        "/autoscaling/currentCpuPercent");
    assertTrue(status.path("image").asText().contains("@sha256:"));
    assertTrue(tool.run("logs").expect(0).out().contains("\"severity\""));
  }

  @Test
  @Order(7)
  void theLoadTestMeasuresAndGates() throws Exception {
    Tool.Result measured =
        tool.run(
            "loadtest",
            "--users",
            "5",
            "--spawn-rate",
            "50",
            "--wait",
            "0.01s..0.05s",
            "--duration",
            "2s",
            "--gate",
            "errors<1%",
            "--output",
            "json");
    JsonNode report = measured.json();
    // A crowded machine makes the load tester late, and then it has to say so.
    measured.expect(report.path("valid").asBoolean() ? 0 : 5);
    assertKeys(
        report,
        "/requests",
        "/errors",
        "/seconds",
        "/throughput",
        "/latencyMillis/p50",
        "/latencyMillis/p90",
        "/latencyMillis/p95",
        "/latencyMillis/p99",
        "/latencyMillis/p999",
        "/latencyMillis/max",
        "/serviceMillis/p50",
        "/valid",
        "/invalidBecause",
        "/gates/0/expression",
        "/gates/0/value",
        "/gates/0/passed",
        "/report");
    assertEquals(0, report.path("errors").asLong());
    assertTrue(Files.size(Path.of(report.path("report").asText())) > 1_000);

    // Reports are the same wherever they are written: here a %d would have digits of its own.
    var inEgypt =
        new Tool(
            tool.folder(), Map.of("JAVA_TOOL_OPTIONS", "-Duser.language=ar -Duser.country=EG"));
    Tool.Result missed =
        inEgypt.run(
            "loadtest",
            "--users",
            "2",
            "--duration",
            "1s",
            "--gate",
            "p50<0.001ms",
            "--output",
            "json");
    JsonNode slow = missed.json();
    missed.expect(slow.path("valid").asBoolean() ? 4 : 5);
    assertKeys(slow, "/error/code");
    assertFalse(slow.at("/gates/0/passed").asBoolean());
    String page = Files.readString(Path.of(slow.path("report").asText()));
    assertTrue(page.codePoints().noneMatch(c -> c > '9' && Character.isDigit(c)), page);
  }

  @Test
  @Order(8)
  void pauseStopsEverythingAndResumeRestoresIt() throws Exception {
    int before = run("status").at("/replicas/desired").asInt();
    assertEquals("paused", run("pause").path("state").asText());
    assertEquals(0, run("pause").path("changed").asInt());
    assertEquals("paused", run("status").path("state").asText());

    JsonNode resumed = run("resume");
    assertEquals("running", resumed.path("state").asText());
    assertEquals(before, resumed.at("/replicas/ready").asInt());
    assertTrue(predict().contains("\"setosa\""));
  }

  @Test
  @Order(9)
  void destroyAsksAndLeavesNothing() throws Exception {
    JsonNode unasked = run(2, "destroy");
    assertEquals("MLOPS-USAGE-002", unasked.at("/error/code").asText());
    JsonNode destroyed = run("destroy", "--yes");
    assertTrue(destroyed.path("removed").size() > 0);
    assertEquals(0, destroyed.path("left").size());
    assertEquals("absent", run("status").path("state").asText());
    assertEquals(0, run("destroy", "--yes").path("changed").asInt());
  }

  private static void deleteAll(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

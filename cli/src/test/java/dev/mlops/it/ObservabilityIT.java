package dev.mlops.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.mlops.process.Programs;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code init --observability} writes, before a real Prometheus that scrapes a service under
 * load. Each test goes on from the one before.
 */
@TestMethodOrder(OrderAnnotation.class)
final class ObservabilityIT {
  private static final int MOST_CONNECTIONS = 12;
  private static final Map<String, String> VARIABLES =
      Map.of("$__rate_interval", "10s", "$service", "iris", "$namespace", ".*", "$window", "5m");

  @TempDir private static Path temp;
  private static Tool tool;
  private static Prometheus prometheus;
  private static List<URI> replicas;

  @BeforeAll
  static void observeAService() throws Exception {
    Programs.require("prometheus");
    tool = new Tool(temp.resolve("iris"));
    tool.run("init", ".", "--observability").expect(0);
    Path deployment = tool.folder().resolve("k8s/deployment.yaml");
    Files.writeString(
        deployment,
        Files.readString(deployment)
            .replace(
                "          image: iris\n",
                "          image: iris\n          env: [{name: MAX_CONNECTIONS, value: \"%d\"}]\n"
                    .formatted(MOST_CONNECTIONS)));
    String port = Integer.toString(Prometheus.freePort());
    JsonNode up = tool.run("up", "-o", "json", "--set", "local.port=" + port).expect(0).json();
    replicas =
        up.at("/replicas/endpoints").valueStream().map(uri -> URI.create(uri.asText())).toList();
    prometheus = Prometheus.start(temp.resolve("prometheus"), config());
    askForAWhile();
  }

  private static String config() {
    return """
    global: {scrape_interval: 1s, evaluation_interval: 1s}
    rule_files: [%s]
    scrape_configs:
      - job_name: iris
        static_configs: [{targets: [%s]}]
    """
        .formatted(
            tool.folder().resolve("observability/alerts.yaml"),
            replicas.stream()
                .map(uri -> "\"" + uri.getAuthority() + "\"")
                .collect(Collectors.joining(", ")));
  }

  /** As in training, with a mistake of a client's now and then. */
  private static void askForAWhile() throws Exception {
    prometheus.await("count(model_info) == " + replicas.size());
    String flowers = Traffic.flowers(tool.folder().resolve("data/iris.csv"));
    try (Traffic traffic = Traffic.open()) {
      for (int round = 0; round < 15; round++) {
        for (URI replica : replicas) {
          assertEquals(200, traffic.predict(replica, flowers));
          assertEquals(400, traffic.predict(replica, "{}"));
        }
        Thread.sleep(200);
      }
    }
    prometheus.await("model:prediction_drift_psi:1h");
  }

  @AfterAll
  static void leaveNothingBehind() throws Exception {
    if (prometheus != null) {
      prometheus.close();
    }
    if (tool != null) {
      tool.run("destroy", "--yes");
    }
  }

  @Test
  @Order(1)
  void everyQueryOfTheDashboardGivesAValue() throws Exception {
    List<String> silent = new ArrayList<>();
    int queries = 0;
    for (JsonNode panel : dashboard().path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        queries++;
        JsonNode result = prometheus.query(filled(target.path("expr").asText()));
        boolean value =
            result
                .valueStream()
                .map(sample -> sample.at("/value/1").asText())
                .anyMatch(text -> !text.isEmpty() && !text.equals("NaN"));
        if (!value) {
          silent.add(panel.path("title").asText() + ": " + filled(target.path("expr").asText()));
        }
      }
    }
    assertEquals(List.of(), silent);
    assertTrue(queries > 15, "queries: " + queries);
  }

  @Test
  @Order(1)
  void theFiguresAreTheServicesOwn() throws Exception {
    Map<String, Double> shown = new TreeMap<>();
    for (JsonNode panel : dashboard().path("panels")) {
      if (panel.path("type").asText().equals("stat")) {
        JsonNode result = prometheus.query(filled(panel.at("/targets/0/expr").asText()));
        shown.put(panel.path("title").asText(), result.at("/0/value/1").asDouble());
      }
    }
    assertEquals(replicas.size(), shown.get("Replicas"));
    assertEquals(0, shown.get("Errors"));
    assertTrue(shown.get("Requests") > 1, shown.toString());
    assertTrue(shown.get("Drift, worst feature") < 0.1, shown.toString());
    assertTrue(shown.get("Latency, 99th percentile") > 0, shown.toString());
  }

  @Test
  @Order(1)
  void variablesAreOfLabelsThatAreThere() throws Exception {
    assertEquals("iris", prometheus.query("model_info").at("/0/metric/name").asText());
    JsonNode variables = dashboard().at("/templating/list");
    List<String> names = variables.valueStream().map(v -> v.path("name").asText()).toList();
    assertEquals(List.of("datasource", "service", "namespace", "window"), names);
  }

  @Test
  @Order(1)
  void noAlertFiresWhileAllIsWell() throws Exception {
    assertEquals(7, alerts().size() + 1, alerts().keySet().toString());
    for (Map.Entry<String, String> alert : alerts().entrySet()) {
      assertTrue(prometheus.query(alert.getValue()).isEmpty(), alert.getKey());
    }
  }

  @Test
  @Order(2)
  void flowersAsNoneWasEverSeenAreDrift() throws Exception {
    String strange = Collections.nCopies(150, Traffic.flower(7.9, 2, 1, 2.5)).toString();
    try (Traffic traffic = Traffic.open()) {
      for (int round = 0; round < 15; round++) {
        for (URI replica : replicas) {
          assertEquals(200, traffic.predict(replica, strange));
        }
      }
    }
    assertEquals(
        "sepal_length",
        prometheus
            .await(alerts().get("ModelDrift") + " and on () vector(1)")
            .valueStream()
            .map(sample -> sample.at("/metric/feature").asText())
            .filter("sepal_length"::equals)
            .findFirst()
            .orElse(""));
  }

  @Test
  @Order(3)
  void refusalsForWantOfRoomAreErrors() throws Exception {
    URI replica = replicas.getFirst();
    List<Socket> slow = new ArrayList<>();
    try (Traffic traffic = Traffic.open()) {
      for (int refused = 0; refused < 3; ) {
        var socket = new Socket(replica.getHost(), replica.getPort());
        slow.add(socket);
        refused += begin(socket) == 503 ? 1 : 0;
      }
      int status = 200;
      for (int i = 0; i < 50; i++) {
        status = traffic.predict(replica, Traffic.flower(5.1, 3.5, 1.4, 0.2));
        Thread.sleep(60); // over several scrapes: the first sample of a series is no increase
      }
      assertEquals(503, status);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
    prometheus.await(alerts().get("ModelErrors"));
  }

  /** Begins a request that does not end, and says what comes back: 100 if it takes a place. */
  private static int begin(Socket socket) throws IOException {
    socket
        .getOutputStream()
        .write(
            "POST /predict HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n"
                .getBytes(UTF_8));
    String line = new String(socket.getInputStream().readNBytes("HTTP/1.1 100".length()), UTF_8);
    return Integer.parseInt(line.substring(line.length() - 3));
  }

  @Test
  @Order(4)
  void whoIsGoneIsMissed() throws Exception {
    tool.run("pause").expect(0);
    prometheus.await(alerts().get("ModelAbsent"));
    assertEquals(replicas.size(), prometheus.await(alerts().get("ModelReplicaDown")).size());
  }

  /** What can't be brought about here in a few seconds, and how long each has to hold. */
  @Test
  @Order(4)
  void alertsFireWhenTheirTimeIsOver() throws Exception {
    Path promtool = Programs.require("promtool");
    Path rules = tool.folder().resolve("observability/alerts.yaml");
    Path test = temp.resolve("alerts-test.yaml");
    try (var in = ObservabilityIT.class.getResourceAsStream("/observability/alerts-test.yaml")) {
      Files.writeString(
          test, new String(in.readAllBytes(), UTF_8).replace("alerts.yaml", rules.toString()));
    }
    assertPasses(promtool.toString(), "test", "rules", test.toString());
    assertPasses(promtool.toString(), "check", "rules", rules.toString());
  }

  private static void assertPasses(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), output);
    assertFalse(output.contains("FAILED"), output);
  }

  private static JsonNode dashboard() throws IOException {
    Path file = tool.folder().resolve("observability/dashboard.json");
    return new ObjectMapper().readTree(file.toFile());
  }

  private static String filled(String expression) {
    String text = expression;
    for (Map.Entry<String, String> variable : VARIABLES.entrySet()) {
      text = text.replace(variable.getKey(), variable.getValue());
    }
    assertFalse(text.contains("$"), text);
    return text;
  }

  /** Expressions by name. */
  private static Map<String, String> alerts() throws IOException {
    Path file = tool.folder().resolve("observability/alerts.yaml");
    Map<String, String> alerts = new TreeMap<>();
    new YAMLMapper()
        .readTree(file.toFile())
        .path("groups")
        .forEach(group ->
            group
                .path("rules")
                .valueStream()
                .filter(rule -> rule.has("alert"))
                .forEach(
                    rule -> alerts.put(rule.path("alert").asText(), rule.path("expr").asText())));
    return alerts;
  }
}

package dev.mlops.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From an ONNX file to a loaded endpoint and back, with the built tool. */
final class OnnxIT {
  @TempDir private Path temp;
  private Tool tool;

  @Test
  void anOnnxFileIsServed() throws Exception {
    tool = new Tool(temp.resolve("churn"));
    run(
        "init",
        ".",
        "--onnx",
        resource("sklearn-mixed.onnx"),
        "--data",
        resource("mixed.csv"),
        "--target",
        "churn");
    int port = freePort();
    Path config = tool.folder().resolve("mlops.yaml");
    Files.writeString(config, Files.readString(config).replaceFirst("port: 8080", "port: " + port));
    try {
      JsonNode up = run("up");
      assertEquals("running", up.path("state").asText());
      assertEquals(0, run("up").path("changed").asInt());
      JsonNode answer = predict(port, Files.readString(tool.folder().resolve("data/sample.json")));
      assertTrue(answer.path("probabilities").has("stay"), answer.toString());
      assertEquals(
          "wrong_type",
          predict(port, "{\"age\": 30, \"city\": \"Bern\", \"visits\": 1.5}")
              .at("/error/code")
              .asText());
      JsonNode load = run("loadtest", "--duration", "2s", "--users", "5");
      assertEquals(0, load.path("errors").asInt(), load.toString());
      assertTrue(load.path("requests").asInt() > 0, load.toString());
      JsonNode drift = run("drift");
      assertEquals(
          drift.at("/replicas/asked").asInt(),
          drift.at("/replicas/answered").asInt(),
          drift.toString());
      assertTrue(drift.path("rows").asInt() >= load.path("requests").asInt(), drift.toString());
      assertEquals(3, drift.path("features").size());
      assertEquals(drift.path("reading"), run("status").at("/drift/reading"));
    } finally {
      run("destroy", "--yes");
    }
  }

  private JsonNode run(String... args) throws Exception {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--output", "json"));
    Tool.Result result = tool.run(all.toArray(String[]::new));
    // A busy machine may make a load test's figures invalid; what it did is asserted all the same.
    return args[0].equals("loadtest") ? result.json() : result.expect(0).json();
  }

  private static JsonNode predict(int port, String row) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/predict"))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(row))
              .build();
      return new ObjectMapper()
          .readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static String resource(String name) throws Exception {
    return Path.of(OnnxIT.class.getResource("/onnx/" + name).toURI()).toString();
  }
}

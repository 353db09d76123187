package dev.mlops.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mlops.process.Programs;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A real Prometheus that listens on this machine alone. */
final class Prometheus implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path log;
  private final URI address;
  private final HttpClient http = HttpClient.newHttpClient();

  private Prometheus(Process process, Path log, URI address) {
    this.process = process;
    this.log = log;
    this.address = address;
  }

  static Prometheus start(Path folder, String config) throws IOException {
    Path program = Programs.require("prometheus");
    Path file =
        Files.writeString(Files.createDirectories(folder).resolve("prometheus.yml"), config);
    Path log = folder.resolve("prometheus.log");
    int port = freePort();
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--config.file=" + file,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new Prometheus(process, log, URI.create("http://127.0.0.1:" + port));
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  URI address() {
    return address;
  }

  /** What an expression comes to now; fails if it can't be evaluated. */
  JsonNode query(String expression) throws IOException, InterruptedException {
    JsonNode answer = get("/api/v1/query?query=" + URLEncoder.encode(expression, UTF_8));
    assertEquals("success", answer.path("status").asText(), expression + "\n" + answer);
    return answer.at("/data/result");
  }

  /** Waits until an expression comes to something. */
  JsonNode await(String expression) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      JsonNode result = isUp() ? query(expression) : new ObjectMapper().createArrayNode();
      if (!result.isEmpty()) {
        return result;
      }
      assertTrue(process.isAlive() && System.nanoTime() < deadline, expression + "\n" + log());
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private boolean isUp() throws InterruptedException {
    try {
      get("/api/v1/query?query=1");
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address + path)).build();
    return new ObjectMapper()
        .readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  private String log() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() {
    http.close();
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

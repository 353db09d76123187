package dev.mlops.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Load tests of the built tool with workers, on its page and without, ended as at a terminal. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class LoadPageIT {
  @TempDir private Path temp;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** More requests than the ramp has. */
  private final CountDownLatch measured = new CountDownLatch(40);

  private HttpServer service;

  @BeforeEach
  void serve() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.setExecutor(threads);
    service.createContext(
        "/",
        exchange -> {
          answer(exchange);
          measured.countDown();
        });
    service.start();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = "{}".getBytes(UTF_8);
      exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @AfterEach
  void stop() {
    service.stop(0);
    threads.close();
  }

  @Test
  void controlCEndsTheRunByItsAnswerAndNotByItsWorkers() throws Exception {
    Tool tool = new Tool(temp.resolve("iris"));
    tool.run("init", ".").expect(0);
    Files.writeString(tool.folder().resolve("loadtest.yaml"), "body: '{}'\nwait: 50ms\n");
    String target = "http://127.0.0.1:" + service.getAddress().getPort();
    Process process =
        tool.start("loadtest", "-o", "json", "--web=0", "--workers", "2", "--target", target);
    try {
      URI page = page(process.errorReader(UTF_8));
      Thread.ofVirtual().start(() -> drain(process.errorReader(UTF_8)));
      try (HttpClient client = HttpClient.newHttpClient()) {
        start(client, page);
        awaitMeasuredSecond(client, page);
      }
      List<ProcessHandle> workers = process.toHandle().children().toList();
      assertEquals(2, workers.size());
      // What a terminal does: it tells all programs in it.
      Tool.interrupt(process);
      for (ProcessHandle worker : workers) {
        new ProcessBuilder("kill", "-INT", String.valueOf(worker.pid())).start().waitFor();
      }
      JsonNode json = new ObjectMapper().readTree(process.getInputStream());
      int status = process.waitFor();
      // On a busy machine the judge may well refuse the figures.
      assertTrue(status == 0 || status == 5, json.toString());
      assertFalse(json.path("invalidBecause").toString().contains("lost"), json.toString());
      assertTrue(json.path("requests").asInt() > 0, json.toString());
      assertTrue(Files.exists(Path.of(json.path("report").asText())));
      for (ProcessHandle worker : workers) {
        worker.onExit().get();
      }
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void controlCTellsWhatWasMeasuredAndJudgesNoGate() throws Exception {
    Tool.requireInterrupts();
    Tool tool = new Tool(temp.resolve("iris"));
    tool.run("init", ".").expect(0);
    Files.writeString(
        tool.folder().resolve("loadtest.yaml"),
        "{body: '{}', users: 4, wait: 50ms, warmUp: 0s, duration: 10m, gates: ['errors<1%']}\n");
    String target = "http://127.0.0.1:" + service.getAddress().getPort();
    Process process = tool.start("loadtest", "-o", "json", "--workers", "2", "--target", target);
    try {
      Thread.ofVirtual().start(() -> drain(process.errorReader(UTF_8)));
      assertTrue(measured.await(2, TimeUnit.MINUTES), "no load was put on the service");
      Tool.interrupt(process);
      JsonNode json = new ObjectMapper().readTree(process.getInputStream());
      assertEquals(130, process.waitFor(), json.toString());
      assertEquals("MLOPS-RUN-001", json.at("/error/code").asText());
      assertTrue(json.path("requests").asInt() > 0, json.toString());
      assertTrue(json.at("/gates/0/passed").isNull(), json.toString());
      assertTrue(json.at("/gates/0/value").isNumber(), json.toString());
      assertTrue(Files.exists(Path.of(json.path("report").asText())));
    } finally {
      process.destroyForcibly();
    }
  }

  private static URI page(BufferedReader story) throws IOException {
    for (String line = story.readLine(); line != null; line = story.readLine()) {
      if (line.contains("open http://")) {
        return URI.create(line.replaceFirst(".*open (http://\\S+).*", "$1"));
      }
    }
    throw new IOException("no page was opened");
  }

  private static void start(HttpClient client, URI page) throws Exception {
    HttpRequest start =
        HttpRequest.newBuilder(page.resolve("/start"))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"users\": \"4\", \"spawnRate\": \"50\", \"duration\": \"10m\"}"))
            .build();
    HttpResponse<String> answer = client.send(start, HttpResponse.BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), answer.body());
  }

  private static void awaitMeasuredSecond(HttpClient client, URI page) throws Exception {
    HttpRequest events = HttpRequest.newBuilder(page.resolve("/events")).build();
    HttpResponse<java.io.InputStream> stream =
        client.send(events, HttpResponse.BodyHandlers.ofInputStream());
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), UTF_8))) {
      String line = lines.readLine();
      while (line != null && !line.contains("\"phase\":\"measured\"")) {
        assertFalse(line.startsWith("event: failed"), () -> "it failed");
        line = lines.readLine();
      }
      assertNotNull(line, "the stream of events has ended");
    }
  }

  private static void drain(BufferedReader story) {
    try {
      while (story.readLine() != null) {
        // Who writes must not have to wait.
      }
    } catch (IOException e) {
      // It has ended.
    }
  }
}

package dev.mlops.service.http;

import static dev.mlops.service.http.RunningServer.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.service.telemetry.JsonLog;
import dev.mlops.service.trace.Tracing;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the server makes of its handlers, over real sockets. */
final class HandlerTest {
  private static final Duration LONGER_THAN_A_TURN = Duration.ofMillis(300);

  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final JsonLog log = new JsonLog(logged);
  private final CountDownLatch release = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    List<Route> routes =
        List.of(
            Route.get("/fast", (_, response) -> send(response, "fast")),
            Route.get("/throws", (_, _) -> throwSecret()),
            Route.get("/overflows", (_, _) -> overflow(0)),
            Route.get("/silent", (_, _) -> {}),
            Route.get("/later", this::later),
            Route.get("/later-throws", HandlerTest::laterThrows),
            Route.post("/slow", HandlerTest::slow));
    Listen listen = new Listen("127.0.0.1", 0, 4, Patience.usual());
    server = new HttpServer(listen, routes, log, Tracing.logged(0));
  }

  @AfterEach
  void stop() throws Exception {
    release.countDown();
    server.stop(Duration.ZERO, Duration.ZERO);
    log.close();
  }

  @Test
  void answersAFaultOfAHandlerAndGoesOn() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      for (String path : List.of("/throws", "/overflows", "/silent", "/later-throws")) {
        RawClient.Answer answer = client.send(get(path)).answer();
        assertEquals(500, answer.status());
        assertTrue(answer.body().contains("internal_error"), answer.body());
        assertEquals("fast", client.send(get("/fast")).answer().body());
      }
    }
    log.close();
    String lines = logged.toString(UTF_8);
    assertTrue(lines.contains("IllegalArgumentException"), lines);
    assertTrue(!lines.contains("secret"), lines);
  }

  @Test
  void keepsTheOrderWhenAnAnswerComesLater() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      client.send(get("/fast") + get("/later") + get("/fast") + get("/later") + get("/fast"));
      assertEquals("fast", client.answer().body());
      release.countDown();
      for (String body : List.of("later", "fast", "later", "fast")) {
        assertEquals(body, client.answer().body());
      }
    }
  }

  @Test
  void forgetsAnAnswerThatNobodyWaitsFor() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      client.send(get("/later"));
    }
    release.countDown();
    try (RawClient client = new RawClient(server.port())) {
      assertEquals("fast", client.send(get("/fast")).answer().body());
    }
  }

  @Test
  void refusesWorkThatHasWaitedTooLongAndStillTellsItsHealth() throws Exception {
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        clients.add(new RawClient(server.port()));
      }
      int rounds = 4;
      for (RawClient client : clients) {
        client.send("POST /slow HTTP/1.1\r\nHost: x\r\n\r\n".repeat(rounds));
      }
      int refused = 0;
      for (RawClient client : clients) {
        for (int i = 0; i < rounds; i++) {
          RawClient.Answer answer = client.answer();
          if (answer.status() == 503) {
            assertEquals("1", answer.header("retry-after"));
            refused++;
          } else {
            assertEquals(200, answer.status());
          }
        }
      }
      assertTrue(refused > 0 && refused < 4 * rounds, refused + " were refused");
      assertEquals("fast", clients.getFirst().send(get("/fast")).answer().body());
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  @Test
  void answersHealthThoughIdleConnectionsFillIt() throws Exception {
    List<RawClient> idle = new ArrayList<>();
    try {
      for (int i = 0; i < (4 + Limits.SPARE_CONNECTIONS) + 40; i++) {
        RawClient client = new RawClient(server.port());
        idle.add(client);
        assertEquals(200, client.send(get("/fast")).answer().status(), "connection " + i);
      }
    } finally {
      for (RawClient client : idle) {
        client.close();
      }
    }
  }

  @Test
  void answersHealthThoughBodiesThatDoNotEndFillIt() throws Exception {
    List<RawClient> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 4 + Limits.SPARE_CONNECTIONS + 40; i++) {
        RawClient client = new RawClient(server.port());
        slow.add(client);
        int status = client.send(polite("/slow", 9)).head().status();
        assertTrue(status == 100 || status == 503, "connection " + i + ": " + status);
        try (RawClient check = new RawClient(server.port())) {
          assertEquals(200, check.send(get("/fast")).answer().status(), "beside connection " + i);
        }
      }
    } finally {
      for (RawClient client : slow) {
        client.close();
      }
    }
  }

  @Test
  void takesWhatComesInPiecesThoughBodiesThatDoNotEndHoldTheMemory() throws Exception {
    HttpServer roomy =
        new HttpServer(
            new Listen("127.0.0.1", 0, 1000, Patience.usual()),
            List.of(Route.post("/echo", (_, response) -> send(response, "whole"))),
            log,
            Tracing.logged(0));
    List<RawClient> slow = new ArrayList<>();
    try {
      byte[] half = new byte[Limits.BODY_BYTES / 2];
      for (int i = 0; i < 2 * HttpServer.threads() * Limits.BODIES_BYTES / half.length; i++) {
        RawClient client = new RawClient(roomy.port());
        slow.add(client);
        client.send(polite("/echo", Limits.BODY_BYTES));
        assertEquals(100, client.head().status());
        client.send(half);
        try (RawClient other = new RawClient(roomy.port())) {
          assertEquals(100, other.send(polite("/echo", 1)).head().status());
          assertEquals("whole", other.send("x").answer().body());
        }
      }
    } finally {
      for (RawClient client : slow) {
        client.close();
      }
      roomy.stop(Duration.ZERO, Duration.ZERO);
    }
  }

  /** Begins a request and asks to be told to go on. */
  private static String polite(String path, int length) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  private static void send(Response response, String body) {
    response.body().append(body.getBytes(UTF_8));
    response.send(Status.OK, Content.JSON);
  }

  private static void throwSecret() {
    throw new IllegalArgumentException("secret");
  }

  private void later(Request request, Response response) {
    Executor loop = response.later();
    Thread.ofVirtual()
        .start(() -> {
          try {
            release.await();
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
          loop.execute(() -> send(response, "later"));
        });
  }

  private static void laterThrows(Request request, Response response) {
    response.later().execute(HandlerTest::throwSecret);
  }

  /** What no handler may do. */
  @SuppressWarnings("InfiniteRecursion") // as a body that nests too deep might cause
  private static int overflow(int depth) {
    return overflow(depth + 1) + 1;
  }

  private static void slow(Request request, Response response) {
    try {
      Thread.sleep(LONGER_THAN_A_TURN);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    send(response, "slow");
  }
}

package dev.mlops.service.http;

import static dev.mlops.service.http.RunningServer.GOOD;
import static dev.mlops.service.http.RunningServer.get;
import static dev.mlops.service.http.RunningServer.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.service.telemetry.JsonLog;
import dev.mlops.service.trace.Tracing;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class LifecycleTest {
  /** Begins a request and waits for the word to go on. */
  private static final String POLITE =
      "POST /predict HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: "
          + GOOD.length()
          + "\r\n\r\n";

  @Test
  void livesBeforeItIsReady() throws Exception {
    try (RunningServer server = RunningServer.starting();
        RawClient client = server.client()) {
      assertEquals(200, client.send(get("/live_check")).answer().status());
      RawClient.Answer ready = client.send(get("/ready_check")).answer();
      assertEquals(503, ready.status());
      assertEquals("{\"status\":\"starting\"}", ready.body());
      RawClient.Answer refused = client.send(post(GOOD)).answer();
      assertEquals(503, refused.status());
      assertEquals("1", refused.header("retry-after"));
      assertTrue(refused.body().contains("not_ready"));
      server.becomeReady();
      assertEquals(200, client.send(get("/ready_check")).answer().status());
      assertEquals(200, client.send(post(GOOD)).answer().status());
    }
  }

  @Test
  void finishesWhatIsUnderWayBeforeItStops() throws Exception {
    try (RunningServer server = RunningServer.ready();
        RawClient halfWay = server.client();
        RawClient idle = server.client();
        RawClient asking = server.client()) {
      assertEquals(200, idle.send(get("/live_check")).answer().status());
      assertEquals(200, asking.send(get("/live_check")).answer().status());
      halfWay.send(
          "POST /predict HTTP/1.1\r\nHost: x\r\nContent-Length: " + GOOD.length() + "\r\n\r\n");
      awaitInFlight(asking, 2);
      CompletableFuture<Boolean> drained =
          CompletableFuture.supplyAsync(
              () -> drain(server, Duration.ofMillis(500), Duration.ofSeconds(20)));
      RawClient.Answer ready = awaitDraining(server);
      assertEquals("{\"status\":\"draining\"}", ready.body());
      assertEquals("close", ready.header("connection"));
      assertTrue(idle.isClosed());
      RawClient.Answer last = halfWay.send(GOOD).answer();
      assertEquals(200, last.status());
      assertEquals("close", last.header("connection"));
      halfWay.hangUp();
      asking.hangUp();
      assertTrue(drained.join());
      assertThrows(IOException.class, server::client);
    }
  }

  @Test
  void givesUpOnAClientThatNeverEnds() throws Exception {
    try (RunningServer server = RunningServer.ready();
        RawClient asking = server.client();
        RawClient endless = server.client()) {
      endless.send("POST /predict HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n");
      awaitInFlight(asking, 2);
      assertFalse(server.drain(Duration.ZERO, Duration.ofMillis(200)));
    }
  }

  @Test
  @Timeout(60)
  void stopsOnceHoweverOftenItIsToldTo() throws Exception {
    try (JsonLog log = new JsonLog(OutputStream.nullOutputStream())) {
      Listen listen = new Listen("127.0.0.1", 0, 1, Patience.usual());
      HttpServer server = new HttpServer(listen, List.of(), log, Tracing.logged(0));
      assertTrue(server.stop(Duration.ZERO, Duration.ZERO));
      server.endKeepAlive();
      server.serve(List.of());
      assertTrue(server.stop(Duration.ZERO, Duration.ZERO));
    }
  }

  @Test
  void refusesPredictionsButNotHealthBeyondItsConnections() throws Exception {
    int most = 2 * HttpServer.threads();
    List<RawClient> clients = new ArrayList<>();
    try (RunningServer server = RunningServer.ready(most, 0)) {
      for (int i = 0; i < most; i++) {
        RawClient client = server.client();
        clients.add(client);
        assertEquals(100, client.send(POLITE).head().status());
      }
      try (RawClient next = server.client();
          RawClient check = server.client()) {
        RawClient.Answer refused = next.send(post(GOOD)).answer();
        assertEquals(503, refused.status());
        assertEquals("1", refused.header("retry-after"));
        assertTrue(refused.body().contains("overloaded"));
        assertTrue(next.isClosed());
        assertEquals(200, check.send(get("/live_check")).answer().status());
        assertEquals(200, check.send(get("/ready_check")).answer().status());
      }
      for (RawClient client : clients) {
        assertEquals(200, client.send(GOOD).answer().status());
      }
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  @Test
  void closesWhoIsIdleForWhoComes() throws Exception {
    int most = 2 * HttpServer.threads();
    List<RawClient> clients = new ArrayList<>();
    try (RunningServer server = RunningServer.ready(most, 0)) {
      for (int i = 0; i < 2 * most; i++) {
        RawClient client = server.client();
        clients.add(client);
        assertEquals(200, client.send(post(GOOD)).answer().status());
      }
      for (RawClient client : clients.subList(0, most)) {
        assertTrue(client.isClosed());
      }
      for (RawClient client : clients.subList(most, clients.size())) {
        assertEquals(200, client.send(post(GOOD)).answer().status());
      }
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  @Test
  void saysThatThePortIsTaken() throws Exception {
    try (RunningServer server = RunningServer.ready();
        JsonLog log = new JsonLog(OutputStream.nullOutputStream())) {
      Listen same = new Listen("127.0.0.1", server.port(), 1, Patience.usual());
      IOException e =
          assertThrows(
              IOException.class, () -> new HttpServer(same, List.of(), log, Tracing.logged(0)));
      assertTrue(e.getMessage().contains("in use"), e.getMessage());
    }
  }

  private static RawClient.Answer awaitDraining(RunningServer server) throws IOException {
    while (true) {
      try (RawClient client = server.client()) {
        RawClient.Answer answer = client.send(get("/ready_check")).answer();
        if (answer.status() != 200) {
          return answer;
        }
      }
    }
  }

  /** Until the server has begun so many requests, this one among them. */
  private static void awaitInFlight(RawClient client, int count) throws IOException {
    String expected = "http_server_requests_in_flight " + count + "\n";
    while (!client.send(get("/metrics")).answer().body().contains(expected)) {
      Thread.onSpinWait();
    }
  }

  private static boolean drain(RunningServer server, Duration delay, Duration limit) {
    try {
      return server.drain(delay, limit);
    } catch (InterruptedException e) {
      throw new CompletionException(e);
    }
  }
}

package dev.mlops.platform.local.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.platform.local.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyTest {
  private final Backends backends = new Backends();
  private final Proxy proxy = new Proxy(backends);
  private int port;

  @BeforeEach
  void listen() throws Exception {
    try (var free = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    proxy.listen("127.0.0.1", port);
  }

  @AfterEach
  void close() throws Exception {
    proxy.drain(Duration.ZERO);
    proxy.close();
  }

  @Test
  void spreadsRequestsAndKeepsConnectionsOnBothSides() throws Exception {
    try (var one = new StubReplica((_, _) -> StubReplica.OK);
        var two = new StubReplica((_, _) -> StubReplica.OK);
        var client = new RawClient(port)) {
      backends.set(List.of(one.backend(), two.backend()));
      for (int i = 0; i < 20; i++) {
        assertEquals("ok", client.post("/predict?x=1", "body").body());
      }
      assertEquals(10, one.requests().size());
      assertEquals(10, two.requests().size());
      assertEquals(1, one.connections());
      String request = one.requests().getFirst().toLowerCase(Locale.ROOT);
      assertTrue(request.startsWith("post /predict?x=1 http/1.1\r\n"), request);
      assertTrue(request.contains("x-forwarded-for: 127.0.0.1\r\n"), request);
      assertTrue(request.endsWith("\r\n\r\nbody"), request);
    }
  }

  @Test
  @Timeout(60)
  void aRequestThatStandsStillHalfSentDoesNotHoldUpTheEnd() throws Exception {
    try (var client = new RawClient(port)) {
      String head =
          "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 50\r\n\r\n";
      client.send(head);
      for (String goOn = "HTTP/1.1 100 Continue\r\n\r\n"; !goOn.isEmpty(); ) {
        assertEquals(goOn.charAt(0), client.character());
        goOn = goOn.substring(1);
      }
      proxy.drain(Duration.ofDays(1));
      assertEquals(408, client.read().status());
    }
  }

  @Test
  void triesARequestAgainWhoseReplicaDiesBeforeItAnswers() throws Exception {
    try (var dying = new StubReplica((_, _) -> "");
        var well = new StubReplica((_, body) -> body.equals("body") ? StubReplica.OK : "");
        var client = new RawClient(port)) {
      backends.set(List.of(dying.backend(), well.backend()));
      for (int i = 0; i < 10; i++) {
        assertEquals(200, client.post("/", "body").status());
      }
      assertFalse(dying.requests().isEmpty());
      assertEquals(10, well.requests().size());
    }
  }

  @Test
  void goesOnWhereAReplicaCannotBeReached() throws Exception {
    var gone = new StubReplica((_, _) -> StubReplica.OK);
    gone.close();
    try (var well = new StubReplica((_, _) -> StubReplica.OK);
        var client = new RawClient(port)) {
      backends.set(List.of(gone.backend(), well.backend()));
      for (int i = 0; i < 4; i++) {
        assertEquals(200, client.get("/").status());
      }
    }
  }

  @Test
  void saysThatNoReplicaAnswers() throws Exception {
    RawClient.Answer none = RawClient.once(port, "/");
    assertEquals(503, none.status());
    assertTrue(none.head().toLowerCase(Locale.ROOT).contains("\r\nretry-after: 1\r\n"));
    assertTrue(none.body().contains("\"not_ready\""));
    try (var dying = new StubReplica((_, _) -> "");
        var client = new RawClient(port)) {
      backends.set(List.of(dying.backend()));
      assertEquals(502, client.get("/").status());
      assertEquals(502, client.get("/").status(), "the connection goes on");
    }
  }

  @Test
  void neverSendsAnAnswerTwice() throws Exception {
    String half = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\nX-Then: close\r\n\r\nhalf";
    try (var dying = new StubReplica((_, _) -> half);
        var client = new RawClient(port)) {
      backends.set(List.of(dying.backend()));
      assertThrows(IOException.class, () -> client.get("/"));
      assertEquals(1, dying.requests().size());
    }
  }

  @Test
  void streamsLargeBodiesBothWays() throws Exception {
    String large = "x".repeat(3_000_000);
    try (var echo =
            new StubReplica((_, body) ->
                "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        var client = new RawClient(port)) {
      backends.set(List.of(echo.backend()));
      for (int i = 0; i < 2; i++) {
        assertEquals(large.length(), client.post("/", large).body().length());
      }
      assertEquals(1, echo.connections());
    }
  }

  @Test
  void sendsAChunkedRequestWithItsLength() throws Exception {
    try (var one = new StubReplica((_, _) -> StubReplica.OK);
        var client = new RawClient(port)) {
      backends.set(List.of(one.backend()));
      client.send(
          lines(
              "POST / HTTP/1.1",
              "Host: a",
              "Transfer-Encoding: chunked",
              "",
              "3",
              "abc",
              "2",
              "de",
              "0",
              ""));
      assertEquals(200, client.read().status());
      assertTrue(one.requests().getFirst().endsWith("\r\n\r\nabcde"), one.requests().getFirst());
    }
  }

  @Test
  void framesForTheClientWhatAReplicaEndsByClosing() throws Exception {
    String open = "HTTP/1.1 200 OK\r\nX-Then: close\r\n\r\nall of it";
    try (var one = new StubReplica((_, _) -> open);
        var client = new RawClient(port);
        var old = new RawClient(port)) {
      backends.set(List.of(one.backend()));
      assertEquals("all of it", client.get("/").body());
      assertEquals("all of it", client.get("/").body());
      old.send("GET / HTTP/1.0\r\n\r\n");
      RawClient.Answer answer = old.read();
      String head = answer.head().toLowerCase(Locale.ROOT);
      assertFalse(head.contains("transfer-encoding"), head);
      assertTrue(head.contains("connection: close"), head);
    }
  }

  @Test
  void answersHeadWithoutABody() throws Exception {
    String head = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n";
    try (var one =
            new StubReplica((request, _) -> request.startsWith("HEAD") ? head : StubReplica.OK);
        var client = new RawClient(port)) {
      backends.set(List.of(one.backend()));
      client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
      var seen = new StringBuilder();
      while (!seen.toString().endsWith("ok")) {
        seen.append(client.character());
      }
      assertEquals(2, seen.toString().split("HTTP/1.1 200", -1).length - 1);
      assertTrue(seen.toString().toLowerCase(Locale.ROOT).contains("content-length: 100"));
    }
  }

  @Test
  void answersPipelinedRequestsInTheirOrder() throws Exception {
    try (var one =
            new StubReplica(
                (head, _) -> "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + head.charAt(5));
        var client = new RawClient(port)) {
      backends.set(List.of(one.backend()));
      for (int i = 1; i <= 3; i++) {
        client.send(lines("GET /" + i + " HTTP/1.1", "Host: a", ""));
      }
      for (String expected : List.of("1", "2", "3")) {
        assertEquals(expected, client.read().body());
      }
    }
  }

  @Test
  void letsAClientAskBeforeItSends() throws Exception {
    try (var one = new StubReplica((_, _) -> StubReplica.OK);
        var client = new RawClient(port)) {
      backends.set(List.of(one.backend()));
      client.send(
          "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
      assertEquals(100, client.read().status());
      client.send("body");
      assertEquals(200, client.read().status());
    }
  }

  @Test
  void keepsHeadersOfOneConnectionToIt() throws Exception {
    String answer =
        "HTTP/1.1 200 OK\r\nConnection: X-Own\r\nX-Own: 1\r\nX-All: 1\r\nContent-Length: 0\r\n\r\n";
    try (var one = new StubReplica((_, _) -> answer);
        var client = new RawClient(port)) {
      backends.set(List.of(one.backend()));
      client.send(
          lines(
              "GET / HTTP/1.1",
              "Host: a",
              "Connection: X-Mine, keep-alive",
              "X-Mine: 1",
              "Upgrade: h2c",
              "X-Other: 1",
              ""));
      RawClient.Answer got = client.read();
      String request = one.requests().getFirst();
      assertFalse(request.contains("X-Mine") || request.contains("Upgrade"), request);
      assertTrue(request.contains("X-Other"), request);
      assertFalse(got.head().contains("X-Own"), got.head());
      assertTrue(got.head().contains("X-All"), got.head());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nbody",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +4\r\n\r\nbody",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length : 4\r\n\r\nbody",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET / HTTP/1.1\nHost: a\n\n",
        "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
        "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n",
        "\u0016\u0003\u0001 nonsense\r\n\r\n",
      })
  void refusesWhatTwoReadersCouldTakeDifferently(String request) throws Exception {
    try (var one = new StubReplica((_, _) -> StubReplica.OK);
        var client = new RawClient(port)) {
      backends.set(List.of(one.backend()));
      client.send(request);
      int status = client.read().status();
      assertTrue(status == 400 || status == 501, "answered " + status);
      assertTrue(client.isClosed());
      assertEquals(List.of(), one.requests());
    }
  }

  @Test
  void boundsTheHead() throws Exception {
    try (var path = new RawClient(port);
        var headers = new RawClient(port)) {
      path.send("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: a\r\n\r\n");
      assertEquals(414, path.read().status());
      headers.send("GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(70_000) + "\r\n\r\n");
      assertEquals(431, headers.read().status());
    }
  }

  @Test
  void movesToAnotherAddressAndKeepsItsOwnWhereThatIsTaken() throws Exception {
    int other;
    try (var squatter = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      other = squatter.getLocalPort();
      assertThrows(IOException.class, () -> proxy.listen("127.0.0.1", squatter.getLocalPort()));
      assertEquals(503, RawClient.once(port, "/").status());
    }
    proxy.listen("127.0.0.1", other);
    assertEquals(503, RawClient.once(other, "/").status());
    assertThrows(IOException.class, () -> RawClient.once(port, "/"));
  }

  private static String lines(String... lines) {
    return String.join("\r\n", lines) + "\r\n";
  }
}

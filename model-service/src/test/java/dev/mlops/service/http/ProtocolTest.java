package dev.mlops.service.http;

import static dev.mlops.service.http.RunningServer.GOOD;
import static dev.mlops.service.http.RunningServer.get;
import static dev.mlops.service.http.RunningServer.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ProtocolTest {
  private static final String LENGTH = "Content-Length: " + GOOD.length() + "\r\n";
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";

  private static RunningServer server;

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.ready();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Test
  void answersPipelinedRequestsInTheirOrder() throws Exception {
    try (RawClient client = server.client()) {
      client.send(
          get("/live_check") + post("{}") + post(GOOD) + get("/nowhere") + get("/ready_check"));
      for (int status : new int[] {200, 400, 200, 404, 200}) {
        assertEquals(status, client.answer().status());
      }
    }
  }

  @Test
  void answersARequestThatComesByteByByte() throws Exception {
    try (RawClient client = server.client()) {
      for (char c : post(GOOD).toCharArray()) {
        client.send(String.valueOf(c));
      }
      assertEquals(200, client.answer().status());
    }
  }

  @Test
  void answersAChunkedBody() throws Exception {
    try (RawClient client = server.client()) {
      String half = GOOD.substring(0, 10);
      String rest = GOOD.substring(10);
      String chunks =
          "a\r\n"
              + half
              + "\r\n"
              + Integer.toHexString(rest.length())
              + "\r\n"
              + rest
              + "\r\n0\r\n\r\n";
      for (int i = 0; i < 2; i++) {
        client.send("POST /predict HTTP/1.1\r\nHost: x\r\n" + CHUNKED + "\r\n" + chunks);
        assertEquals(200, client.answer().status());
      }
    }
  }

  @Test
  void tellsAClientThatAsksToGoOn() throws Exception {
    try (RawClient client = server.client()) {
      client.send(
          "POST /predict HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n" + LENGTH + "\r\n");
      assertEquals(100, client.head().status());
      assertEquals(200, client.send(GOOD).answer().status());
      assertEquals(200, client.send(get("/live_check")).answer().status());
    }
  }

  /** RFC 9110, 10.1.1: such a client would take it for the answer. */
  @Test
  void tellsNoOldClientToGoOn() throws Exception {
    try (RawClient client = server.client()) {
      client.send("POST /predict HTTP/1.0\r\nExpect: 100-continue\r\n" + LENGTH + "\r\n" + GOOD);
      assertEquals(200, client.answer().status());
    }
  }

  @Test
  void refusesABodyThatIsEncodedAndSaysWhatItTakes() throws Exception {
    try (RawClient client = server.client()) {
      String json = "Content-Type: application/json\r\n";
      client.send(post(json + "Content-Encoding: gzip\r\n", "\u001f\u008b"));
      RawClient.Answer answer = client.answer();
      assertEquals(415, answer.status());
      assertEquals("identity", answer.header("accept-encoding"));
      assertTrue(answer.body().contains("unsupported_encoding"), answer.body());
      client.send(post(json + "Content-Encoding: identity\r\n", GOOD));
      assertEquals(200, client.answer().status());
    }
  }

  @Test
  void refusesBeforeTheBodyWhatItWouldRefuseAfterIt() throws Exception {
    try (RawClient client = server.client()) {
      client.send(
          "POST /predict HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 9999999\r\n\r\n");
      assertEquals(413, client.answer().status());
      assertTrue(client.isClosed());
    }
  }

  @Test
  void answersHeadWithoutABody() throws Exception {
    try (RawClient client = server.client()) {
      client.send("HEAD /live_check HTTP/1.1\r\nHost: x\r\n\r\n");
      RawClient.Answer head = client.head();
      assertEquals(200, head.status());
      assertFalse(head.header("content-length").equals("0"));
      assertEquals(200, client.send(get("/live_check")).answer().status());
    }
  }

  @Test
  void namesTheMethodsThatAPathTakes() throws Exception {
    try (RawClient client = server.client()) {
      RawClient.Answer predict = client.send(get("/predict")).answer();
      assertEquals(405, predict.status());
      assertEquals("POST", predict.header("allow"));
      client.send("DELETE /live_check HTTP/1.1\r\nHost: x\r\n\r\n");
      assertEquals("GET, HEAD", client.answer().header("allow"));
      client.send("BREW /live_check HTTP/1.1\r\nHost: x\r\n\r\n");
      assertEquals(405, client.answer().status());
    }
  }

  @Test
  void takesAQueryAndAWholeAddress() throws Exception {
    try (RawClient client = server.client()) {
      assertEquals(200, client.send(get("/live_check?probe=1")).answer().status());
      assertEquals(200, client.send(get("http://x/live_check")).answer().status());
      assertEquals(200, client.send(get("http://[::1]:80/live_check?q")).answer().status());
      assertEquals(404, client.send(get("/live_check/")).answer().status());
      assertEquals(404, client.send(get("http://x?y=/live_check")).answer().status());
      assertEquals(404, client.send(get("x?y=http://x/live_check")).answer().status());
      assertEquals(404, client.send(get("*")).answer().status());
    }
  }

  @Test
  void keepsAnOldClientOnlyIfItAsks() throws Exception {
    try (RawClient client = server.client()) {
      client.send("GET /live_check HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      assertEquals("keep-alive", client.answer().header("connection"));
      client.send("GET /live_check HTTP/1.0\r\n\r\n");
      assertEquals("close", client.answer().header("connection"));
      assertTrue(client.isClosed());
    }
  }

  @Test
  void answersAClientThatHasSentItsLastByte() throws Exception {
    try (RawClient client = server.client()) {
      client.send(post(GOOD) + post(GOOD));
      client.endOfInput();
      assertEquals(200, client.answer().status());
      assertEquals(200, client.answer().status());
      assertTrue(client.isClosed());
    }
  }

  @Test
  void readsAndForgetsTheBodyOfWhatItRefused() throws Exception {
    try (RawClient client = server.client()) {
      client.send("POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");
      assertEquals(404, client.answer().status());
      assertEquals(200, client.send(get("/live_check")).answer().status());
      client.send(post("Content-Type: text/plain\r\n", GOOD));
      assertEquals(415, client.answer().status());
      client.send(post("Content-Type: application/json; charset=latin1\r\n", GOOD));
      assertEquals(415, client.answer().status());
      assertEquals(200, client.send(post(GOOD)).answer().status());
    }
  }

  @Test
  void refusesABodyThatGrowsTooLarge() throws Exception {
    try (RawClient client = server.client()) {
      client.send("POST /predict HTTP/1.1\r\nHost: x\r\n" + CHUNKED + "\r\n");
      String chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";
      for (int i = 0; i < 17; i++) {
        client.send(chunk);
      }
      assertEquals(413, client.answer().status());
      assertTrue(client.isClosed());
    }
  }

  static Stream<Arguments> wrong() {
    String predict = "POST /predict HTTP/1.1\r\n";
    String host = "Host: x\r\n";
    return Stream.of(
        Arguments.of(400, "two lengths", predict + host + LENGTH + LENGTH + "\r\n" + GOOD),
        Arguments.of(
            400, "two lengths", predict + host + LENGTH + "Content-Length: 0\r\n\r\n" + GOOD),
        Arguments.of(
            400, "a list of lengths", predict + host + "Content-Length: 5, 5\r\n\r\nhello"),
        Arguments.of(400, "length and chunks", predict + host + LENGTH + CHUNKED + "\r\n0\r\n\r\n"),
        Arguments.of(400, "chunked twice", predict + host + CHUNKED + CHUNKED + "\r\n0\r\n\r\n"),
        Arguments.of(
            400,
            "chunked not last",
            predict + host + "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n"),
        Arguments.of(
            400, "unknown coding", predict + host + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
        Arguments.of(400, "space before colon", predict + host + "Content-Length : 5\r\n\r\nhello"),
        Arguments.of(400, "negative", predict + host + "Content-Length: -5\r\n\r\n"),
        Arguments.of(400, "plus", predict + host + "Content-Length: +5\r\n\r\nhello"),
        Arguments.of(400, "hex", predict + host + "Content-Length: 0x5\r\n\r\nhello"),
        Arguments.of(
            400, "overflow", predict + host + "Content-Length: 99999999999999999999\r\n\r\n"),
        Arguments.of(400, "no host", predict + LENGTH + "\r\n" + GOOD),
        Arguments.of(400, "two hosts", predict + host + host + LENGTH + "\r\n" + GOOD),
        Arguments.of(
            400, "a host of two words", predict + "Host: x y\r\n" + LENGTH + "\r\n" + GOOD),
        Arguments.of(400, "a host with a path", predict + "Host: x/y\r\n" + LENGTH + "\r\n" + GOOD),
        Arguments.of(400, "a host with a name", predict + "Host: a@x\r\n" + LENGTH + "\r\n" + GOOD),
        Arguments.of(400, "bare line feed", "GET /live_check HTTP/1.1\nHost: x\n\n"),
        Arguments.of(400, "bad chunk size", predict + host + CHUNKED + "\r\nzz\r\nhello\r\n"),
        Arguments.of(400, "negative chunk", predict + host + CHUNKED + "\r\n-5\r\nhello\r\n"),
        Arguments.of(400, "bad chunk end", predict + host + CHUNKED + "\r\n5\r\nhelloXX0\r\n\r\n"),
        Arguments.of(
            400, "chunks in 1.0", "POST /predict HTTP/1.0\r\n" + CHUNKED + "\r\n0\r\n\r\n"),
        Arguments.of(400, "nul in a header", predict + "Host: x\0y\r\n\r\n"),
        Arguments.of(400, "no HTTP", "hello there, who is it\r\n\r\n"),
        Arguments.of(400, "TLS", "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n"),
        Arguments.of(505, "HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        Arguments.of(417, "expectation", predict + host + "Expect: tea\r\n" + LENGTH + "\r\n"),
        Arguments.of(414, "long line", "GET /" + "x".repeat(9000) + " HTTP/1.1\r\n\r\n"),
        Arguments.of(431, "long header", "GET / HTTP/1.1\r\nX: " + "y".repeat(99_000) + "\r\n\r\n"),
        Arguments.of(
            431, "many headers", "GET / HTTP/1.1\r\n" + "A: b\r\n".repeat(20_000) + "\r\n"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("wrong")
  void answersWhatIsNotWellFormedAndCloses(int status, String name, String request)
      throws Exception {
    try (RawClient client = server.client()) {
      RawClient.Answer answer = client.send(request).answer();
      assertEquals(status, answer.status(), name);
      assertEquals("close", answer.header("connection"));
      assertTrue(client.isClosed());
    }
  }

  @Test
  void answersARequestAfterWhichGarbageComes() throws Exception {
    try (RawClient client = server.client()) {
      client.send(get("/live_check") + "garbage\r\n\r\n" + get("/live_check"));
      assertEquals(200, client.answer().status());
      assertEquals(400, client.answer().status());
      assertTrue(client.isClosed());
    }
  }

  @Test
  void survivesAClientThatAsksMuchAndReadsNothing() throws Exception {
    try (RawClient greedy = server.client()) {
      Thread sender = Thread.ofVirtual().start(() -> flood(greedy));
      for (int i = 0; i < 50; i++) {
        try (RawClient client = server.client()) {
          assertEquals(200, client.send(post(GOOD)).answer().status());
        }
      }
      assertEquals(200, greedy.answer().status());
      sender.interrupt();
    }
  }

  private static void flood(RawClient client) {
    try {
      for (int i = 0; i < 20; i++) {
        client.send(get("/metrics").repeat(500));
      }
    } catch (java.io.IOException _) {
      // closed by the test's end
    }
  }
}

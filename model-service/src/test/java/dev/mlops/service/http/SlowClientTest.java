package dev.mlops.service.http;

import static dev.mlops.service.http.RunningServer.GOOD;
import static dev.mlops.service.http.RunningServer.get;
import static dev.mlops.service.http.RunningServer.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each phase in turn is short and all others are long, so that it is the one that ends. */
final class SlowClientTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofMinutes(10);

  @Test
  void endsAHeaderThatDoesNotEnd() throws Exception {
    try (RunningServer server =
            RunningServer.impatient(new Patience(SHORT, LONG, LONG, LONG, SHORT, LONG));
        RawClient client = server.client()) {
      assertEquals(200, client.send(get("/live_check")).answer().status());
      client.send("POST /predict HTTP/1.1\r\nHost: x\r\nX: ");
      assertEquals(408, client.answer().status());
      assertTrue(client.isClosed());
    }
  }

  @Test
  void endsABodyThatDoesNotEnd() throws Exception {
    try (RunningServer server =
            RunningServer.impatient(new Patience(LONG, SHORT, LONG, LONG, SHORT, LONG));
        RawClient client = server.client()) {
      client.send("POST /predict HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n{");
      RawClient.Answer answer = client.answer();
      assertEquals(408, answer.status());
      assertTrue(answer.body().contains("request_timeout"));
      assertTrue(client.isClosed());
    }
  }

  @Test
  void closesAConnectionThatNobodyUses() throws Exception {
    try (RunningServer server =
            RunningServer.impatient(new Patience(LONG, LONG, SHORT, LONG, SHORT, LONG));
        RawClient used = server.client();
        RawClient unused = server.client()) {
      assertEquals(200, used.send(post(GOOD)).answer().status());
      assertTrue(used.isClosed());
      assertTrue(unused.isClosed());
    }
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void closesAConnectionThatTakesNoAnswers() throws Exception {
    try (RunningServer server =
            RunningServer.impatient(new Patience(LONG, LONG, LONG, SHORT, SHORT, LONG));
        RawClient client = server.client()) {
      String many = get("/metrics").repeat(500);
      assertThrows(
          IOException.class,
          () -> {
            for (int i = 0; i < 100_000; i++) {
              client.send(many);
            }
          });
    }
  }
}

package dev.mlops.loadtest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Targets that answer as no good service does. */
final class HostileTargetTest {
  @TempDir Path folder;

  @Test
  void oneThatClosesAtOnceIsNotHammered() throws Exception {
    try (StubServer server = new StubServer((_, _) -> null)) {
      LoadResult result = run(new PlanFor(server).users(5, "0s").millis(1_500));
      assertEquals("connection closed before the answer was whole", onlyError(result).kind());
      // Sent at 0, 0.1, 0.3 and 0.7 s at the soonest; one more connection asks whether it is there.
      assertTrue(server.connections.get() <= 5 * 4 + 1, "connections: " + server.connections);
    }
  }

  @Test
  void oneThatTalksNonsenseIsNotHammeredEither() throws Exception {
    try (StubServer server = StubServer.answering("220 mail.example.com ESMTP\r\n")) {
      LoadResult result = run(new PlanFor(server).users(5, "0s").millis(1_500));
      assertEquals("not an HTTP answer", onlyError(result).kind());
      assertTrue(onlyError(result).example().startsWith("220 mail"), onlyError(result).example());
      assertTrue(result.totals().requests() <= 5 * 4, "requests: " + result.totals().requests());
    }
  }

  @Test
  void interimAnswersAreNotTheAnswer() throws Exception {
    String interim = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 X\r\nLink: </a>\r\n\r\n";
    try (StubServer server = StubServer.answering(interim + StubServer.GOOD)) {
      LoadResult result = run(new PlanFor(server).users(3, "5ms").millis(500));
      assertEquals(0, result.totals().errors(), result.evidence().errors().toString());
      assertEquals(3 + 1, server.connections.get(), "connections are kept");
    }
  }

  @Test
  void anAnswerWithoutALengthEndsWithItsConnection() throws Exception {
    String answer =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{\"a\":1}";
    try (StubServer server = StubServer.answering(answer)) {
      LoadResult result = run(new PlanFor(server).users(3, "5ms").millis(500));
      assertEquals(0, result.totals().errors(), result.evidence().errors().toString());
      assertEquals(server.requests.get() + 1, server.connections.get());
    }
  }

  @Test
  void aRedirectIsShownAndNotFollowed() throws Exception {
    String answer =
        "HTTP/1.1 302 Found\r\nLocation: https://example.com/\r\nContent-Length: 0\r\n\r\n";
    try (StubServer server = StubServer.answering(answer)) {
      ErrorCount error = onlyError(run(new PlanFor(server).users(3, "5ms").millis(300)));
      assertEquals("status 302", error.kind());
      assertTrue(error.example().contains("https://example.com/"), error.example());
    }
  }

  @Test
  void aConnectionThatIsResetInTheMiddleIsAnError() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> resetEach(listener));
      URI target = URI.create("http://127.0.0.1:" + listener.getLocalPort());
      ErrorCount error = onlyError(run(new PlanFor(target).users(2, "5ms").millis(300)));
      assertEquals("connection reset", error.kind());
    }
  }

  private static void resetEach(ServerSocket listener) {
    try {
      while (true) {
        try (Socket socket = listener.accept()) {
          if (socket.getInputStream().read(new byte[65_536]) > 0) {
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Le".getBytes(UTF_8));
            socket.setSoLinger(true, 0);
          }
        }
      }
    } catch (IOException e) {
      // Closed by the test.
    }
  }

  @Test
  void anAnswerThatNeverEndsDoesByTheTimeout() throws Exception {
    String endless = "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\nand so on";
    try (StubServer server = StubServer.answering(endless)) {
      LoadResult result = run(new PlanFor(server).users(2, "5ms").timeout(200).millis(600));
      assertEquals("timeout", onlyError(result).kind());
    }
  }

  private static ErrorCount onlyError(LoadResult result) {
    List<ErrorCount> errors = result.evidence().errors();
    assertEquals(1, errors.size(), errors.toString());
    assertEquals(result.totals().requests(), errors.getFirst().count());
    return errors.getFirst();
  }

  private LoadResult run(PlanFor plan) throws InterruptedException {
    return new LoadTest(ReplicaSampler.NONE, Launch.here(), Optional.empty())
        .run(plan.plan(), folder, LoadListener.SILENT);
  }
}

package dev.mlops.service.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.service.artifact.SampleArtifact;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM under load, over real sockets: what is sent is answered. */
final class DrainTest {
  private static final Pattern PORT = Pattern.compile("Ready on port (\\d+)");
  private static final int CLIENTS = 24;
  private static final String ROW = "{\"size\":1,\"colour\":\"red\",\"sold\":true}";
  private static final String REQUEST =
      "POST /predict HTTP/1.1\r\nHost: x\r\nContent-Length: " + ROW.length() + "\r\n\r\n" + ROW;

  @TempDir private Path folder;
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger closedWithTheAnswer = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();

  @Test
  void answersAllThatIsSentAndEndsWithinItsTime() throws Exception {
    SampleArtifact.write(folder);
    Map<String, String> environment =
        Map.of(
            "MODEL_DIR", folder.toString(),
            "HOST", "127.0.0.1",
            "PORT", "0",
            "DRAIN_DELAY_MILLIS", "1000",
            "DRAIN_SECONDS", "20");
    try (ServiceProcess service = new ServiceProcess("serve", environment);
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      Matcher ready = PORT.matcher(service.awaitLine("Ready"));
      assertTrue(ready.find());
      int port = Integer.parseInt(ready.group(1));
      for (int i = 0; i < CLIENTS; i++) {
        clients.execute(() -> askUntilNobodyListens(port));
      }
      while (answered.get() < 2000) {
        Thread.onSpinWait();
      }
      service.terminate();
      assertEquals(0, service.exitCode());
      clients.shutdown();
      assertTrue(clients.awaitTermination(30, TimeUnit.SECONDS));
      assertTrue(
          service.lines().getLast().contains("every request was answered"), "" + service.lines());
    }
    assertEquals(0, lost.get(), "requests without an answer, of " + answered.get());
    assertTrue(closedWithTheAnswer.get() >= CLIENTS, closedWithTheAnswer + " were told to go");
  }

  /** Keeps each connection for as long as it is told it may, as a load balancer does. */
  private void askUntilNobodyListens(int port) {
    while (true) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(15_000);
        askOn(socket);
      } catch (IOException _) {
        return;
      }
    }
  }

  private void askOn(Socket socket) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    boolean last = false;
    for (boolean first = true; !last; first = false) {
      try {
        socket.getOutputStream().write(REQUEST.getBytes(UTF_8));
        last = readAnswer(in);
        answered.incrementAndGet();
      } catch (IOException e) {
        // A connection that was still in the listener's queue when it closed has asked nobody.
        if (!first) {
          lost.incrementAndGet();
        }
        throw e;
      }
    }
    closedWithTheAnswer.incrementAndGet();
  }

  /** Whether it is the connection's last. */
  private static boolean readAnswer(BufferedReader in) throws IOException {
    String status = in.readLine();
    if (status == null || !status.contains(" 200 ")) {
      throw new IOException("answered " + status);
    }
    boolean last = false;
    int length = 0;
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      last |= line.equalsIgnoreCase("Connection: close");
      if (line.startsWith("Content-Length: ")) {
        length = Integer.parseInt(line.substring(16));
      }
    }
    char[] body = new char[length];
    for (int read = 0; read < length; ) {
      int count = in.read(body, read, length - read);
      if (count < 0) {
        throw new IOException("cut off");
      }
      read += count;
    }
    return last;
  }
}

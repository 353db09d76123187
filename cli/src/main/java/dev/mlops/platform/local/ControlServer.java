package dev.mlops.platform.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.platform.Status;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.util.function.Consumer;

/**
 * Takes commands on the loopback address: one JSON object on one line with the token; the answer is
 * any number of {@code {"progress": …}} lines and then one {@code {"status": …}} or {@code
 * {"problem": …}}.
 */
final class ControlServer implements AutoCloseable {
  private static final int READ_MILLIS = 10_000;

  /** Carries out a command. */
  interface Handler {
    Status handle(JsonNode request, Consumer<String> progress) throws InterruptedException;
  }

  private final ServerSocket server;
  private final String token;
  private final Handler handler;

  ControlServer(String token, Handler handler) throws IOException {
    this.server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    this.token = token;
    this.handler = handler;
  }

  int port() {
    return server.getLocalPort();
  }

  void start() {
    Thread.ofPlatform().daemon().name("control").start(this::accept);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().name("command").start(() -> serve(client));
      } catch (IOException e) {
        // Closed, which the loop sees, or out of descriptors for a moment.
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        var in = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
        var out = new BufferedWriter(new OutputStreamWriter(client.getOutputStream(), UTF_8))) {
      client.setSoTimeout(READ_MILLIS);
      String line = in.readLine();
      if (line == null) {
        return;
      }
      JsonNode request = Json.MAPPER.readTree(line);
      if (isTrusted(request)) {
        send(out, answer(request, words -> tell(out, words)));
      }
    } catch (IOException e) {
      // The command line has gone; what it has begun goes on.
    }
  }

  private boolean isTrusted(JsonNode request) {
    byte[] given = request.path("token").asText().getBytes(UTF_8);
    return MessageDigest.isEqual(given, token.getBytes(UTF_8));
  }

  private ObjectNode answer(JsonNode request, Consumer<String> progress) {
    ObjectNode answer = Json.MAPPER.createObjectNode();
    try {
      answer.set("status", StatusJson.of(handler.handle(request, progress)));
    } catch (MlopsException e) {
      answer.set("problem", Json.of(e.problem()));
    } catch (InterruptedException | RuntimeException e) {
      MlopsException bug =
          Code.INTERNAL.problem("The supervisor failed: " + e, "", "mlops status", e);
      System.getLogger("mlops").log(System.Logger.Level.ERROR, "A command failed", e);
      answer.set("problem", Json.of(bug.problem()));
    }
    return answer;
  }

  private static void tell(BufferedWriter out, String words) {
    try {
      send(out, Json.MAPPER.createObjectNode().put("progress", words));
    } catch (IOException e) {
      // As above: nobody listens any more.
    }
  }

  private static void send(BufferedWriter out, ObjectNode line) throws IOException {
    synchronized (out) {
      out.write(line.toString());
      out.write('\n');
      out.flush();
    }
  }
}

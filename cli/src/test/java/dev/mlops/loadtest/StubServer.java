package dev.mlops.loadtest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A server over real sockets that does exactly what a test says. */
final class StubServer implements AutoCloseable {
  static final String GOOD = json(200, "{\"prediction\":\"setosa\"}");

  /** What to do with one request. */
  @FunctionalInterface
  interface Behaviour {
    /**
     * @param number of the request, from 1, over all connections
     * @return the answer as it goes over the wire, or null to close without one
     */
    String answer(int number, String body) throws IOException, InterruptedException;
  }

  final AtomicInteger requests = new AtomicInteger();
  final AtomicInteger connections = new AtomicInteger();
  private final ServerSocket listener;
  private final Behaviour behaviour;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private volatile Consumer<String> heads = _ -> {};

  StubServer(Behaviour behaviour) throws IOException {
    this.behaviour = behaviour;
    this.listener = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  static StubServer answering(String response) throws IOException {
    return new StubServer((_, _) -> response);
  }

  static String json(int status, String body) {
    return "HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(status, body.getBytes(UTF_8).length, body);
  }

  /** Shows what stands above each request's body from now on. */
  void heads(Consumer<String> witness) {
    heads = witness;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        open.add(socket);
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // Closed by the test.
    }
  }

  private void serve(Socket socket) {
    try (socket;
        InputStream in = new BufferedInputStream(socket.getInputStream());
        OutputStream out = socket.getOutputStream()) {
      socket.setTcpNoDelay(true);
      for (String body = read(in); body != null; body = read(in)) {
        int number = requests.incrementAndGet();
        String answer = behaviour.answer(number, body);
        if (answer == null) {
          return;
        }
        out.write(answer.getBytes(UTF_8));
        if (answer.contains("Connection: close") || answer.contains("HTTP/1.0")) {
          return;
        }
      }
    } catch (IOException | InterruptedException e) {
      // The client has gone, or the test is over.
    } finally {
      open.remove(socket);
    }
  }

  /** The next request's body, or null at the end of the stream. */
  private String read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        return null;
      }
      head.write(b);
    }
    heads.accept(head.toString(ISO_8859_1));
    for (String line : head.toString(ISO_8859_1).split("\r\n", -1)) {
      if (line.startsWith("Content-Length: ")) {
        return new String(in.readNBytes(Integer.parseInt(line.substring(16))), UTF_8);
      }
    }
    return "";
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}

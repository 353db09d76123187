package dev.mlops.platform.local.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A replica that answers raw bytes; an answer that is empty closes the connection instead. */
final class StubReplica implements AutoCloseable {
  static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  /** What to answer to a request, given its head and its body. */
  interface Script {
    String answer(String head, String body);
  }

  private final ServerSocket server;
  private final Script script;
  private final Collection<String> requests = new ConcurrentLinkedQueue<>();
  private final AtomicInteger connections = new AtomicInteger();

  StubReplica(Script script) throws IOException {
    this.server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    this.script = script;
    Thread.ofVirtual().start(this::accept);
  }

  Backend backend() {
    return new Backend(server.getLocalPort());
  }

  /** Heads and bodies as they came. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  int connections() {
    return connections.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      OutputStream out = client.getOutputStream();
      while (true) {
        String head = head(in);
        String body = new String(in.readNBytes(length(head)), ISO_8859_1);
        requests.add(head + body);
        String answer = script.answer(head, body);
        out.write(answer.getBytes(ISO_8859_1));
        out.flush();
        if (answer.isEmpty() || answer.contains("\r\nX-Then: close\r\n")) {
          return;
        }
      }
    } catch (IOException e) {
      // The proxy has closed the connection.
    }
  }

  private static String head(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("closed");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static int length(String head) {
    String lower = head.toLowerCase(Locale.ROOT);
    int at = lower.indexOf("content-length: ");
    return at < 0 ? 0 : Integer.parseInt(head.substring(at + 16, head.indexOf('\r', at)));
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}

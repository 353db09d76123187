package dev.mlops.service.batch;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Holds the files of a folder ready for whoever started the job, by HTTP on the loopback address:
 * in a pod only the API server's port forwarding reaches that. The job's owner ends it.
 */
final class Offer implements AutoCloseable {
  /** After which nobody comes any more. */
  private static final Duration LONGEST = Duration.ofMinutes(30);

  private static final Duration READ = Duration.ofSeconds(10);
  private static final int WAITING = 8;

  private final Path folder;
  private final ServerSocket server;

  private Offer(Path folder, ServerSocket server) {
    this.folder = folder;
    this.server = server;
  }

  static Offer open(Path folder, int port) throws IOException {
    return new Offer(folder, new ServerSocket(port, WAITING, InetAddress.getLoopbackAddress()));
  }

  int port() {
    return server.getLocalPort();
  }

  /** Returns when nobody has asked for long. */
  void await() throws IOException {
    server.setSoTimeout((int) LONGEST.toMillis());
    while (true) {
      try (Socket client = server.accept()) {
        answer(client);
      } catch (SocketTimeoutException e) {
        return;
      } catch (IOException e) {
        if (server.isClosed()) {
          return;
        }
        // One client broke off; it may come again.
      }
    }
  }

  private void answer(Socket client) throws IOException {
    client.setSoTimeout((int) READ.toMillis());
    var in = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII));
    String request = in.readLine();
    String line = request;
    while (line != null && !line.isEmpty()) {
      line = in.readLine(); // the rest of the header tells nothing that matters here
    }
    OutputStream out = client.getOutputStream();
    Path file = folder.resolve(name(request));
    if (Files.isRegularFile(file)) {
      head(out, "200 OK", Files.size(file));
      Files.copy(file, out);
    } else {
      head(out, "404 Not Found", 0);
    }
  }

  /**
   * The last part of the path of {@code GET /model.pb HTTP/1.1}: never a file of another folder.
   */
  private static String name(String request) {
    String[] words = String.valueOf(request).split(" ", -1);
    String path = words.length == 3 && words[0].equals("GET") ? words[1] : "/";
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.isEmpty() || name.equals("..") ? "." : name;
  }

  private static void head(OutputStream out, String status, long length) throws IOException {
    String head =
        "HTTP/1.1 "
            + status
            + "\r\nContent-Type: application/octet-stream\r\nContent-Length: "
            + length
            + "\r\nConnection: close\r\n\r\n";
    out.write(head.getBytes(US_ASCII));
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}

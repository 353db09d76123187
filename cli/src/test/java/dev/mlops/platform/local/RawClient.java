package dev.mlops.platform.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

/** HTTP/1.1 on one connection, which never tries anything twice. */
public final class RawClient implements AutoCloseable {
  public record Answer(int status, String head, String body) {}

  private final Socket socket;
  private final InputStream in;

  public RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** One request on a connection of its own. */
  public static Answer once(int port, String path) throws IOException {
    try (var client = new RawClient(port)) {
      return client.get(path);
    }
  }

  public Answer get(String path) throws IOException {
    send("GET " + path + " HTTP/1.1\r\nHost: test\r\n\r\n");
    return read();
  }

  public Answer post(String path, String body) throws IOException {
    send(
        "POST "
            + path
            + " HTTP/1.1\r\nHost: test\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
    return read();
  }

  public void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  public Answer read() throws IOException {
    var head = new StringBuilder();
    while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("closed after " + head.length() + " bytes of the head");
      }
      head.append((char) next);
    }
    String text = head.toString();
    int status = Integer.parseInt(text.substring(9, 12));
    String lower = text.toLowerCase(java.util.Locale.ROOT);
    if (lower.contains("transfer-encoding: chunked")) {
      return new Answer(status, text, chunks());
    }
    int at = lower.indexOf("content-length: ");
    int length = at < 0 ? 0 : Integer.parseInt(text.substring(at + 16, text.indexOf('\r', at)));
    return new Answer(status, text, exactly(length));
  }

  public char character() throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new IOException("closed");
    }
    return (char) next;
  }

  /** Whether the other side has ended the connection. */
  public boolean isClosed() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException e) {
      return true;
    }
  }

  private String chunks() throws IOException {
    var body = new StringBuilder();
    while (true) {
      int size = Integer.parseInt(line(), 16);
      body.append(exactly(size));
      line();
      if (size == 0) {
        return body.toString();
      }
    }
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    int next;
    while ((next = in.read()) >= 0 && next != '\n') {
      line.append((char) next);
    }
    return line.toString().strip();
  }

  private String exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new IOException("closed after " + bytes.length + " of " + length + " bytes");
    }
    return new String(bytes, ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

package dev.mlops.platform;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** A channel over a port of this machine, which may itself lead elsewhere. */
public record LoopbackChannel(Socket socket, InputStream in, OutputStream out, Closeable way)
    implements Jobs.Channel {
  private static final int CONNECT_MILLIS = 5_000;

  /**
   * @param way what is closed with it
   */
  public static LoopbackChannel open(int port, Duration patience, Closeable way)
      throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) patience.toMillis());
      return new LoopbackChannel(socket, socket.getInputStream(), socket.getOutputStream(), way);
    } catch (IOException e) {
      socket.close();
      way.close();
      throw e;
    }
  }

  @Override
  public void close() {
    try (way;
        socket) {
      // Both, whatever becomes of either.
    } catch (IOException e) {
      // Nobody waits for anything from it any more.
    }
  }
}

package dev.mlops.platform.local;

import dev.mlops.manifest.Probe;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;

/** Asks a replica once, on a connection of its own as the kubelet does. */
final class ProbeCall {
  private static final int LEAST_GOOD = 200;
  private static final int LEAST_BAD = 400;

  private ProbeCall() {}

  /** Nothing if all is well, else what is wrong. */
  static Optional<String> ask(Probe.Check check, int port, int timeoutSeconds) {
    return switch (check) {
      case Probe.Check.Http(String path) -> http(path, port, timeoutSeconds * 1000);
      case Probe.Check.Tcp() -> tcp(port, timeoutSeconds * 1000);
    };
  }

  private static Optional<String> http(String path, int port, int timeoutMillis) {
    String asked = "GET " + path;
    try {
      var url = URI.create("http://127.0.0.1:" + port + path).toURL();
      var connection = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(timeoutMillis);
      connection.setReadTimeout(timeoutMillis);
      connection.setInstanceFollowRedirects(false);
      connection.setRequestProperty("Connection", "close");
      connection.setRequestProperty("User-Agent", "mlops-probe");
      int status = connection.getResponseCode();
      connection.disconnect();
      return status >= LEAST_GOOD && status < LEAST_BAD
          ? Optional.empty()
          : Optional.of(asked + " answered " + status);
    } catch (IOException | IllegalArgumentException e) {
      return Optional.of(asked + ": " + e.getMessage());
    }
  }

  private static Optional<String> tcp(int port, int timeoutMillis) {
    try (var socket = new Socket()) {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      socket.connect(address, timeoutMillis);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("port " + port + ": " + e.getMessage());
    }
  }
}

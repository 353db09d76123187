package dev.mlops.loadtest;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * How the target is reached.
 *
 * @param tls absent for plain HTTP
 */
record Dialer(InetSocketAddress address, String host, Optional<SSLContext> tls, boolean verified) {
  static Dialer of(LoadPlan plan, InetSocketAddress address) {
    boolean verified = !plan.bounds().insecure();
    return new Dialer(
        address,
        plan.target().getHost(),
        plan.secure() ? Optional.of(context(verified)) : Optional.empty(),
        verified);
  }

  Wire wire(SocketChannel channel) throws IOException {
    return tls.isEmpty() ? new Wire.Plain(channel) : new TlsWire(channel, engine(tls.get()));
  }

  /** Agrees on TLS, where the target speaks it. */
  void greet(Socket socket) throws IOException {
    if (tls.isPresent()) {
      SSLSocketFactory factory = tls.get().getSocketFactory();
      try (SSLSocket secured =
          (SSLSocket) factory.createSocket(socket, host, address.getPort(), true)) {
        secured.setSSLParameters(agreed(secured.getSSLParameters()));
        secured.startHandshake();
      }
    }
  }

  private SSLEngine engine(SSLContext context) {
    SSLEngine engine = context.createSSLEngine(host, address.getPort());
    engine.setUseClientMode(true);
    engine.setSSLParameters(agreed(engine.getSSLParameters()));
    return engine;
  }

  private SSLParameters agreed(SSLParameters parameters) {
    parameters.setApplicationProtocols(new String[] {"http/1.1"});
    parameters.setEndpointIdentificationAlgorithm(verified ? "HTTPS" : null);
    return parameters;
  }

  private static SSLContext context(boolean verified) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, verified ? null : new TrustManager[] {new TrustAnyone()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK speaks no TLS", e);
    }
  }

  /** For {@code insecure}: the user said so. */
  private static final class TrustAnyone extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}

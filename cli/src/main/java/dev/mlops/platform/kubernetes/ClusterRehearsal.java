package dev.mlops.platform.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Stands in for a cluster that runs one release, so that a build can record what the command line
 * loads when it talks to a real one: TLS, a client certificate and the objects that a status reads.
 */
public final class ClusterRehearsal implements AutoCloseable {
  /** The context of {@link #kubeconfig}. */
  public static final String CONTEXT = "rehearsal";

  private static final String ALIAS = "rehearsal";
  private static final char[] PASSWORD = "rehearsal".toCharArray();

  private final Path kubeconfig;
  private final HttpsServer server;

  private ClusterRehearsal(Path kubeconfig, HttpsServer server) {
    this.kubeconfig = kubeconfig;
    this.server = server;
  }

  /**
   * @param folder an empty one, for keys and the kubeconfig
   */
  public static ClusterRehearsal begin(Path folder) throws Exception {
    KeyStore keys = keys(folder.resolve("keys.p12"));
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls(keys)));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", ClusterRehearsal::answer);
    server.start();
    String address = "https://127.0.0.1:" + server.getAddress().getPort();
    return new ClusterRehearsal(write(folder.resolve("kubeconfig"), address, keys), server);
  }

  public Path kubeconfig() {
    return kubeconfig;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /** There is no API for making a certificate. */
  private static KeyStore keys(Path file) throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "RSA",
                "-alias",
                ALIAS,
                "-dname",
                "CN=rehearsal",
                "-ext",
                "SAN=IP:127.0.0.1",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    String words = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IOException(words);
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    return keys;
  }

  private static SSLContext tls(KeyStore keys) throws GeneralSecurityException {
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    return tls;
  }

  private static Path write(Path file, String address, KeyStore keys) throws Exception {
    String certificate = pem("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded());
    String key = pem("PRIVATE KEY", keys.getKey(ALIAS, PASSWORD).getEncoded());
    String text =
        """
        apiVersion: v1
        kind: Config
        clusters:
          - {name: c, cluster: {server: "%s", certificate-authority-data: %s}}
        users:
          - {name: u, user: {client-certificate-data: %s, client-key-data: %s}}
        contexts:
          - {name: %s, context: {cluster: c, user: u}}
        """
            .formatted(address, certificate, certificate, key, CONTEXT);
    return Files.writeString(file, text);
  }

  /** As a kubeconfig has it: PEM in Base64. */
  private static String pem(String what, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    String pem = "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
    return Base64.getEncoder().encodeToString(pem.getBytes(UTF_8));
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      byte[] body = RehearsedObjects.list(path.substring(path.lastIndexOf('/') + 1));
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}

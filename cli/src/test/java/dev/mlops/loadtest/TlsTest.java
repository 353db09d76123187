package dev.mlops.loadtest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Load over TLS, against the JDK's own server. */
final class TlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path folder;
  private final Set<InetSocketAddress> clients = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpsServer server;

  @BeforeEach
  void start() throws Exception {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.setHttpsConfigurator(new HttpsConfigurator(context(keyStore())));
    server.setExecutor(threads);
    byte[] answer = "x".repeat(100_000).getBytes(UTF_8);
    server.createContext(
        "/",
        exchange -> {
          clients.add(exchange.getRemoteAddress());
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.close();
  }

  /** Signed by itself. */
  private Path keyStore() throws Exception {
    Path file = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "server",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=IP:127.0.0.1",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, keytool.waitFor(), said);
    return file;
  }

  private static SSLContext context(Path file) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  @Test
  void answersOfManyRecordsAreRead() throws Exception {
    LoadResult result = run(true, 100);
    assertEquals(0, result.totals().errors(), result.evidence().errors().toString());
    assertTrue(result.totals().requests() > 20, "requests: " + result.totals().requests());
    assertEquals(3, clients.size(), "connections are kept");
  }

  @Test
  void aCertificateThatNobodyVouchesForIsSaidBefore() {
    MlopsException e = assertThrows(MlopsException.class, () -> run(false, 6));
    assertEquals(Code.LOAD_TARGET_REFUSED, e.problem().code());
    assertTrue(
        String.valueOf(e.getCause()).contains("certification path"), String.valueOf(e.getCause()));
    assertTrue(e.problem().next().contains("--insecure"), e.problem().next());
    assertFalse(Files.exists(folder.resolve("report.html")));
  }

  @Test
  void aServerWithoutTlsIsSaidBefore() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Future<byte[]> _ =
          threads.submit(() -> {
            try (Socket socket = listener.accept()) {
              socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
              return socket.getInputStream().readAllBytes();
            }
          });
      assertNoTls(listener);
    }
  }

  @Test
  void aServerThatSpeaksHttp2AloneIsSaidBefore() throws Exception {
    SSLServerSocket listener =
        (SSLServerSocket)
            context(folder.resolve("keys.p12"))
                .getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    SSLParameters parameters = listener.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    listener.setSSLParameters(parameters);
    try (listener) {
      Future<String> protocol =
          threads.submit(() -> {
            try (SSLSocket socket = (SSLSocket) listener.accept()) {
              socket.startHandshake();
              return socket.getApplicationProtocol();
            }
          });
      assertNoTls(listener);
      assertThrows(ExecutionException.class, protocol::get);
    }
  }

  private void assertNoTls(ServerSocket listener) {
    URI target = URI.create("https://127.0.0.1:" + listener.getLocalPort());
    MlopsException e = assertThrows(MlopsException.class, () -> run(target, true, 6));
    assertEquals(Code.LOAD_TARGET_REFUSED, e.problem().code());
    assertTrue(e.problem().message().startsWith("No TLS connection"), e.problem().message());
  }

  private LoadResult run(boolean insecure, int requests) throws InterruptedException {
    return run(
        URI.create("https://127.0.0.1:" + server.getAddress().getPort()), insecure, requests);
  }

  private LoadResult run(URI target, boolean insecure, int requests) throws InterruptedException {
    LoadPlan plan =
        new PlanFor(target)
            .users(3, "10ms")
            .sends(Map.of(), new Payloads.Literal("y".repeat(50_000)))
            .bounds(new LoadPlan.Bounds(requests, 0, insecure))
            .millis(60_000)
            .plan();
    return new LoadTest(ReplicaSampler.NONE, Launch.here(), Optional.empty())
        .run(plan, folder, LoadListener.SILENT);
  }
}

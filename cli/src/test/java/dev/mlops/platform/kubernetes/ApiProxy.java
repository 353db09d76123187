package dev.mlops.platform.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * Stands between the tool and a real API server: notes every call, and spoils those that a test
 * tells it to.
 */
final class ApiProxy implements AutoCloseable {
  private static final Set<String> NOT_PASSED_ON =
      Set.of("host", "connection", "content-length", "upgrade", "http2-settings", "expect");

  /** What went through. */
  record Call(String method, String path, String query, int status) {}

  /** Does something else than to pass a call on; true if it did. */
  interface Fault {
    boolean spoil(HttpExchange exchange) throws IOException, InterruptedException;
  }

  private final URI upstream;
  private final HttpClient client;
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private volatile Fault fault = _ -> false;
  private HttpServer server;
  private final int port;

  /**
   * @param upstream the real one; its client certificate, if it has one, is shown to the server
   */
  ApiProxy(Config upstream) throws Exception {
    this.upstream = URI.create(upstream.getMasterUrl());
    this.client = HttpClient.newBuilder().sslContext(SSLUtils.sslContext(upstream)).build();
    start(0);
    port = server.getAddress().getPort();
  }

  String address() {
    return "http://127.0.0.1:" + port;
  }

  /** A cluster that is asked through this. */
  Cluster cluster(Optional<String> token) {
    return new Cluster("proxied", new Lazy<>(() -> Cluster.connect(config(token))));
  }

  private Config config(Optional<String> token) {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(address() + "/")
            .withApiVersion("v1")
            .build();
    // The proxy speaks plain requests: a watch comes as one long answer.
    config.setOnlyHttpWatches(true);
    token.ifPresent(config::setOauthToken);
    return config;
  }

  List<Call> calls() {
    return List.copyOf(calls);
  }

  void spoil(Fault next) {
    fault = next;
  }

  /** Cuts every connection and takes no new one. */
  void down() {
    server.stop(0);
  }

  void up() throws IOException {
    start(port);
  }

  private void start(int on) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), on), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  @Override
  public void close() {
    server.stop(0);
    client.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!fault.spoil(exchange)) {
        pass(exchange);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pass(HttpExchange exchange) throws IOException, InterruptedException {
    URI asked = exchange.getRequestURI();
    byte[] body = exchange.getRequestBody().readAllBytes();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(upstream.resolve(asked.toString()))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          if (!NOT_PASSED_ON.contains(name.toLowerCase(java.util.Locale.ROOT))) {
            values.forEach(value -> request.header(name, value));
          }
        });
    HttpResponse<InputStream> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    String query = asked.getRawQuery() == null ? "" : asked.getRawQuery();
    calls.add(new Call(exchange.getRequestMethod(), asked.getPath(), query, response.statusCode()));
    response
        .headers()
        .firstValue("Content-Type")
        .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
    exchange.sendResponseHeaders(response.statusCode(), 0);
    try (InputStream in = response.body();
        OutputStream out = exchange.getResponseBody()) {
      byte[] part = new byte[8192];
      for (int count = in.read(part); count >= 0; count = in.read(part)) {
        out.write(part, 0, count);
        out.flush();
      }
    }
  }

  /** Answers in the API server's own words. */
  static void refuse(HttpExchange exchange, int status, String reason) throws IOException {
    byte[] body =
        """
        {"kind": "Status", "apiVersion": "v1", "status": "Failure", "message": "spoilt by a test",
         "reason": "%s", "code": %d}
        """
            .formatted(reason, status)
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}

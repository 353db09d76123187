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
import java.util.concurrent.atomic.AtomicInteger;

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

  private HttpResponse<InputStream> send(HttpExchange exchange)
      throws IOException, InterruptedException {
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
    return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
  }

  private void pass(HttpExchange exchange) throws IOException, InterruptedException {
    HttpResponse<InputStream> response = send(exchange);
    URI asked = exchange.getRequestURI();
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

  /** What is done in place of a call. */
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  static Fault always(Answer answer) {
    return first(Integer.MAX_VALUE, answer);
  }

  static Fault first(int calls, Answer answer) {
    return firstOf("", calls, answer);
  }

  /**
   * @param method such as {@code PATCH}; empty for all
   */
  static Fault firstOf(String method, int calls, Answer answer) {
    var left = new AtomicInteger(calls);
    return exchange -> {
      boolean meant = method.isEmpty() || exchange.getRequestMethod().equals(method);
      if (!meant || left.getAndDecrement() <= 0) {
        return false;
      }
      answer.to(exchange);
      return true;
    };
  }

  /** Every watch ends as soon as it has begun. */
  static Fault endWatches() {
    return exchange -> {
      if (isWatch(exchange)) {
        exchange.sendResponseHeaders(200, -1);
        return true;
      }
      return false;
    };
  }

  /** Watches stay open and tell nothing, as behind a dead balancer. */
  static Fault muteWatches() {
    return exchange -> {
      if (isWatch(exchange)) {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().flush();
        Thread.sleep(60_000);
        return true;
      }
      return false;
    };
  }

  /** The first changes are made, but their answers do not arrive. */
  Fault losingAnswers(int changes) {
    var left = new AtomicInteger(changes);
    return exchange -> {
      if (!isChange(exchange) || left.getAndDecrement() <= 0) {
        return false;
      }
      send(exchange).body().close();
      return true;
    };
  }

  /** Lets so many changes through, and then nothing at all. */
  static Fault after(int changes) {
    var passed = new AtomicInteger();
    return exchange -> {
      if (passed.get() < changes) {
        if (isChange(exchange)) {
          passed.incrementAndGet();
        }
        return false;
      }
      refuse(exchange, 403, "Forbidden");
      return true;
    };
  }

  private static boolean isWatch(HttpExchange exchange) {
    return String.valueOf(exchange.getRequestURI().getRawQuery()).contains("watch=true");
  }

  static boolean isChange(HttpExchange exchange) {
    return !exchange.getRequestMethod().equals("GET")
        && !String.valueOf(exchange.getRequestURI().getRawQuery()).contains("dryRun");
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

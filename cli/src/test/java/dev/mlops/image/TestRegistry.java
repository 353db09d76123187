package dev.mlops.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mlops.platform.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A registry in memory over real sockets, by the distribution specification: uploads, redirects to
 * a store, tokens. It refuses what a real one refuses: manifests whose parts are not there, and
 * content that is not its digest's.
 */
final class TestRegistry implements AutoCloseable {
  private static final String TOKEN = "let-me-in";

  final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
  final Map<String, byte[]> manifests = new ConcurrentHashMap<>();
  final List<String> requests = new CopyOnWriteArrayList<>();

  /** {@code user:password} that tokens are given for; none are asked for where it is null. */
  volatile String account;

  /** How many of the next requests are answered with "busy". */
  final AtomicInteger busy = new AtomicInteger();

  volatile String tokenLeakedTo;

  private final HttpServer server;

  TestRegistry() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      requests.add(exchange.getRequestMethod() + " " + path);
      if (path.equals("/token")) {
        token(exchange);
      } else if (path.startsWith("/store/")) {
        store(exchange, path);
      } else if (busy.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        answer(exchange, 503, "busy");
      } else if (account != null && !("Bearer " + TOKEN).equals(authorization(exchange))) {
        String realm = "http://" + host() + "/token";
        exchange
            .getResponseHeaders()
            .add("WWW-Authenticate", "Bearer realm=\"" + realm + "\",service=\"test\"");
        answer(exchange, 401, "");
      } else if (path.contains("/blobs/")) {
        blob(exchange, path);
      } else if (path.contains("/manifests/")) {
        manifest(exchange, path);
      } else {
        answer(exchange, 200, "{}");
      }
    }
  }

  private void token(HttpExchange exchange) throws IOException {
    String expected = "Basic " + Base64.getEncoder().encodeToString(account.getBytes(UTF_8));
    boolean known = expected.equals(authorization(exchange));
    answer(exchange, known ? 200 : 401, known ? "{\"token\":\"" + TOKEN + "\"}" : "no");
  }

  private void store(HttpExchange exchange, String path) throws IOException {
    tokenLeakedTo = authorization(exchange) == null ? tokenLeakedTo : path;
    answer(exchange, 200, blobs.get(path.substring("/store/".length())));
  }

  private void blob(HttpExchange exchange, String path) throws IOException {
    String last = path.substring(path.lastIndexOf('/') + 1);
    switch (exchange.getRequestMethod()) {
      case "HEAD" -> answer(exchange, blobs.containsKey(last) ? 200 : 404, "");
      case "POST" -> {
        exchange.getResponseHeaders().add("Location", path + "1?state=x");
        answer(exchange, 202, "");
      }
      case "PUT" -> {
        String digest = exchange.getRequestURI().getQuery().replaceFirst(".*digest=", "");
        byte[] content = exchange.getRequestBody().readAllBytes();
        boolean right = Digest.of(content).value().equals(digest);
        if (right) {
          blobs.put(digest, content);
        }
        answer(exchange, right ? 201 : 400, "");
      }
      default -> {
        exchange.getResponseHeaders().add("Location", "/store/" + last);
        answer(exchange, blobs.containsKey(last) ? 307 : 404, "");
      }
    }
  }

  private void manifest(HttpExchange exchange, String path) throws IOException {
    String version = path.substring(path.lastIndexOf('/') + 1);
    if (exchange.getRequestMethod().equals("PUT")) {
      byte[] content = exchange.getRequestBody().readAllBytes();
      boolean whole =
          Blobs.JSON.readTree(content).path("layers").findValuesAsText("digest").stream()
              .allMatch(blobs::containsKey);
      if (whole) {
        manifests.put(version, content);
        manifests.put(Digest.of(content).value(), content);
      }
      answer(exchange, whole ? 201 : 400, "");
    } else if (manifests.containsKey(version)) {
      answer(exchange, 200, manifests.get(version));
    } else {
      answer(exchange, 404, "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\"}]}");
    }
  }

  Digest digest(String version) {
    return Digest.of(manifests.get(version));
  }

  private static String authorization(HttpExchange exchange) {
    return exchange.getRequestHeaders().getFirst("Authorization");
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    answer(exchange, status, body.getBytes(UTF_8));
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getRequestBody().readAllBytes();
    boolean silent = exchange.getRequestMethod().equals("HEAD") || body.length == 0;
    exchange.sendResponseHeaders(status, silent ? -1 : body.length);
    if (!silent) {
      exchange.getResponseBody().write(body);
    }
  }
}

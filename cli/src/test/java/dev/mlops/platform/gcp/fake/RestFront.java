package dev.mlops.platform.gcp.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.rpc.Code;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;

/** The APIs that have no gRPC, on one port in plaintext. */
final class RestFront implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Gate gate;
  private final List<Route> routes;
  private final HttpServer server;

  RestFront(Gate gate, List<Route> routes) {
    this.gate = gate;
    this.routes = List.copyOf(routes);
    try {
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      try {
        send(exchange, 200, answer(exchange, body));
      } catch (ApiFault fault) {
        send(exchange, fault.http(), fault.rest());
      } catch (RuntimeException bug) {
        send(exchange, 500, ApiFault.of(Code.INTERNAL, "the fake failed: " + bug).rest());
      }
    }
  }

  private JsonNode answer(HttpExchange exchange, byte[] body) throws IOException {
    String verb = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getPath();
    String authorization =
        Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Authorization"), "");
    Optional<Route> route = routes.stream().filter(each -> each.serves(verb, path)).findFirst();
    var call =
        new Journal.Call(
            route
                .map(Route::name)
                .filter(name -> !name.isEmpty())
                .orElse(verb + " " + exchange.getRequestURI()),
            new String(body, UTF_8),
            authorization,
            route.map(Route::mutates).orElse(!verb.equals("GET")));
    JsonNode json = parse(body);
    return gate.pass(
        call,
        () -> {
          Route found =
              route.orElseThrow(() -> ApiFault.of(Code.UNIMPLEMENTED, "no " + verb + " " + path));
          return found.work().apply(request(found, path, exchange, json));
        });
  }

  private static RestRequest request(
      Route route, String path, HttpExchange exchange, JsonNode body) {
    Matcher matcher = route.path().matcher(path);
    Map<String, String> named = new HashMap<>();
    if (matcher.matches()) {
      matcher.namedGroups().forEach((name, group) -> named.put(name, matcher.group(group)));
    }
    return new RestRequest(named, query(exchange.getRequestURI().getRawQuery()), body);
  }

  private static Map<String, List<String>> query(String raw) {
    Map<String, List<String>> query = new HashMap<>();
    for (String pair : raw == null ? new String[0] : raw.split("&")) {
      String[] parts = pair.split("=", 2);
      query
          .computeIfAbsent(URLDecoder.decode(parts[0], UTF_8), _ -> new ArrayList<>())
          .add(parts.length == 1 ? "" : URLDecoder.decode(parts[1], UTF_8));
    }
    return query;
  }

  /** Forms, which the token service takes, are left to the journal. */
  private static JsonNode parse(byte[] body) {
    try {
      JsonNode json = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
      return json == null ? JSON.createObjectNode() : json;
    } catch (IOException e) {
      return JSON.createObjectNode();
    }
  }

  private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }
}

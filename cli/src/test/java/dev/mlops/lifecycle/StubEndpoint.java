package dev.mlops.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A service that answers over a real socket with the predictions of golden rows. It may be told to
 * be unavailable for a while, or to predict something else.
 */
public final class StubEndpoint implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode golden;
  private final HttpServer server;
  private final AtomicInteger unavailable = new AtomicInteger();
  private volatile boolean lying;

  /**
   * @param golden as in golden.json of an artifact
   */
  public StubEndpoint(String golden) throws IOException {
    this.golden = JSON.readTree(golden);
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/ready_check", exchange -> answer(exchange, "ready".getBytes(UTF_8)));
    server.createContext("/predict", this::predict);
    server.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The next so many requests get status 503. */
  public void beUnavailable(int requests) {
    unavailable.set(requests);
  }

  public void lie(boolean now) {
    lying = now;
  }

  private void predict(HttpExchange exchange) throws IOException {
    JsonNode asked = JSON.readTree(exchange.getRequestBody());
    if (!asked.isArray()) {
      answer(exchange, JSON.writeValueAsBytes(predict(asked)));
      return;
    }
    ArrayNode answers = JSON.createArrayNode();
    asked.forEach(row -> answers.add(predict(row)));
    answer(exchange, JSON.writeValueAsBytes(answers));
  }

  private JsonNode predict(JsonNode input) {
    for (JsonNode row : golden.path("rows")) {
      if (!lying && row.path("input").equals(input)) {
        return row.path("output");
      }
    }
    return JSON.createObjectNode().put("prediction", "a guess");
  }

  private void answer(HttpExchange exchange, byte[] body) throws IOException {
    try (exchange) {
      if (unavailable.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        exchange.sendResponseHeaders(503, -1);
        return;
      }
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

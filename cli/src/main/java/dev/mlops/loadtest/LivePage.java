package dev.mlops.loadtest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The page on which load tests are started, watched, changed and stopped. It is for this machine
 * alone: other pages of a browser can neither read nor steer it.
 */
public final class LivePage implements AutoCloseable {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int MOST_BODY_BYTES = 10_000;
  private static final int SECONDS_BETWEEN_SIGNS_OF_LIFE = 10;

  private final LiveRuns runs;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private LivePage(LiveRuns runs, HttpServer server) {
    this.runs = runs;
    this.server = server;
  }

  /**
   * @param port on the loopback address; 0 for any that is free
   * @throws MlopsException if it is taken
   */
  public static LivePage open(LiveRuns runs, int port) {
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port);
      LivePage page = new LivePage(runs, HttpServer.create(address, 0));
      page.server.setExecutor(page.threads);
      page.server.createContext("/", page::handle);
      page.server.start();
      return page;
    } catch (IOException e) {
      throw Code.LOAD_PAGE.problem(
          "The page can't be served on port " + port,
          "Another program listens there, perhaps another load test.",
          "mlops loadtest --web=" + (port + 1),
          e);
    }
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!isOurOwn(exchange)) {
        answer(exchange, 403, "text/plain", "for this machine alone");
        return;
      }
      switch (exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath()) {
        case "GET /" -> answer(exchange, 200, "text/html", resource("live.html"));
        case "GET /live.js" -> answer(exchange, 200, "text/javascript", resource("live.js"));
        case "GET /live.css" ->
            answer(exchange, 200, "text/css", resource("report.css") + resource("live.css"));
        case "GET /plan" -> json(exchange, 200, LiveForm.of(runs.plan()));
        case "GET /events" -> stream(exchange);
        case "GET /report" -> report(exchange);
        case "POST /start" -> command(exchange, asked -> runs.start(LiveForm.overrides(asked)));
        case "POST /stop" -> command(exchange, _ -> runs.stop());
        case "POST /change" -> command(exchange, asked -> runs.change(LiveForm.level(asked)));
        case "POST /quit" -> command(exchange, _ -> runs.quit());
        default -> answer(exchange, 404, "text/plain", "no such page");
      }
    }
  }

  /** The name asked for keeps out pages that point a name of theirs here; the type, their forms. */
  private boolean isOurOwn(HttpExchange exchange) {
    int port = server.getAddress().getPort();
    List<String> names = List.of("127.0.0.1:" + port, "localhost:" + port);
    String origin = exchange.getRequestHeaders().getFirst("Origin");
    boolean changes = exchange.getRequestMethod().equals("POST");
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    return names.contains(exchange.getRequestHeaders().getFirst("Host"))
        && (origin == null || names.stream().anyMatch(name -> origin.equals("http://" + name)))
        && (!changes || "application/json".equals(type));
  }

  private interface Command {
    void run(JsonNode asked);
  }

  private static void command(HttpExchange exchange, Command command) throws IOException {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    try {
      byte[] body = exchange.getRequestBody().readNBytes(MOST_BODY_BYTES);
      command.run(new ObjectMapper().readTree(body));
      json(exchange, 200, answer);
    } catch (MlopsException e) {
      json(exchange, 400, answer.put("why", e.problem().message()));
    } catch (IllegalArgumentException | IOException e) {
      json(exchange, 400, answer.put("why", e.getMessage()));
    }
  }

  private void stream(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(200, 0);
    BlockingQueue<String> events = runs.feed().listen();
    try (OutputStream out = exchange.getResponseBody()) {
      for (String event = next(events); !event.equals(LiveFeed.END); event = next(events)) {
        out.write(event.getBytes(UTF_8));
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      runs.feed().leave(events);
    }
  }

  private static String next(BlockingQueue<String> events) throws InterruptedException {
    String event = events.poll(SECONDS_BETWEEN_SIGNS_OF_LIFE, TimeUnit.SECONDS);
    return event == null ? ": still here\n\n" : event;
  }

  private void report(HttpExchange exchange) throws IOException {
    Optional<LoadResult> last = runs.last();
    if (last.isEmpty()) {
      answer(exchange, 404, "text/plain", "no load test has ended yet");
    } else {
      answer(exchange, 200, "text/html", Files.readString(last.get().report()));
    }
  }

  private static void json(HttpExchange exchange, int status, ObjectNode body) throws IOException {
    answer(exchange, status, "application/json", body.toString());
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange
        .getResponseHeaders()
        .set(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
                + " connect-src 'self'; frame-ancestors 'none'");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = LivePage.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

package dev.mlops.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The page, for this machine alone: other pages of a browser can't read it. */
public final class DashboardPage implements AutoCloseable {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final String HERE = "/dev/mlops/dashboard/";

  /** However many pages are open, the replicas are asked once in a while. */
  private static final long FRESH_NANOS = 900_000_000;

  private final Watch watch;
  private final String title;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private String latest = "";
  private long latestNanos;

  private DashboardPage(Watch watch, String title, HttpServer server) {
    this.watch = watch;
    this.title = title;
    this.server = server;
  }

  /**
   * @param title what is watched, such as "iris, dev"
   * @param port on the loopback address; 0 for any that is free
   */
  public static DashboardPage open(Watch watch, String title, int port) {
    try {
      var address = new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port);
      var page = new DashboardPage(watch, title, HttpServer.create(address, 0));
      page.server.setExecutor(page.threads);
      page.server.createContext("/", page::handle);
      page.server.start();
      return page;
    } catch (IOException e) {
      throw Code.LOCAL_PORT_TAKEN.problem(
          "The dashboard can't be served on port " + port,
          "Another program listens there.",
          "mlops open dashboard --port " + (port + 1),
          e);
    }
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      int port = server.getAddress().getPort();
      // A name that somebody points here is not asked for by ours.
      List<String> names = List.of("127.0.0.1:" + port, "localhost:" + port);
      if (!names.contains(exchange.getRequestHeaders().getFirst("Host"))) {
        answer(exchange, 403, "text/plain", "for this machine alone");
        return;
      }
      switch (exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath()) {
        case "GET /" -> answer(exchange, 200, "text/html", page());
        case "GET /dashboard.js" ->
            answer(exchange, 200, "text/javascript", resource(HERE + "dashboard.js"));
        case "GET /dashboard.css" ->
            answer(
                exchange,
                200,
                "text/css",
                resource("/dev/mlops/loadtest/report.css") + resource(HERE + "dashboard.css"));
        case "GET /look" -> look(exchange);
        default -> answer(exchange, 404, "text/plain", "no such page");
      }
    }
  }

  private void look(HttpExchange exchange) throws IOException {
    try {
      answer(exchange, 200, "application/json", fresh());
    } catch (MlopsException e) {
      answer(exchange, 503, "text/plain", e.problem().message());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized String fresh() throws InterruptedException {
    if (latest.isEmpty() || System.nanoTime() - latestNanos > FRESH_NANOS) {
      ObjectNode seen = watch.look();
      latest = seen.toString();
      latestNanos = System.nanoTime();
    }
    return latest;
  }

  private String page() throws IOException {
    String safe = title.replace("&", "&amp;").replace("<", "&lt;");
    return resource(HERE + "dashboard.html").replace("TITLE", safe);
  }

  private static String resource(String path) throws IOException {
    try (InputStream in = DashboardPage.class.getResourceAsStream(path)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'self'");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

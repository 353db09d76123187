package dev.mlops.platform.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;

/**
 * The service in the tests' images: small, and ill-behaved where its variables or a request say so.
 */
public final class TinyServer {
  private static volatile boolean alive = true;
  private static volatile boolean ready = true;

  private TinyServer() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length > 0 && args[0].equals("resolve")) {
      resolve(args[1]);
      return;
    }
    if (args.length > 0) {
      for (String action : args) {
        job(action.substring(0, action.indexOf('=')), action.substring(action.indexOf('=') + 1));
      }
      return;
    }
    log("starting with " + variable("GREETING"));
    if (!variable("CRASH").isEmpty()) {
      log("no such model");
      Runtime.getRuntime().exit(Integer.parseInt(variable("CRASH")));
    }
    var address = new InetSocketAddress(variable("HOST"), Integer.parseInt(variable("PORT")));
    HttpServer server = HttpServer.create(address, 1024);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/live_check", exchange -> check(exchange, alive));
    server.createContext("/ready_check", exchange -> check(exchange, ready));
    server.createContext("/", TinyServer::serve);
    server.start();
    log("listening");
    Thread.currentThread().join();
  }

  /** As the model service does. */
  private static void resolve(String name) {
    try {
      log(name + " " + InetAddress.getByName(name).getHostAddress());
    } catch (UnknownHostException e) {
      log(name + " can't be resolved");
      Runtime.getRuntime().exit(3);
    }
  }

  /** What {@code JobsContract} and {@code FakeJobs} have: the copy does one thing after another. */
  private static void job(String action, String value) throws IOException, InterruptedException {
    switch (action) {
      case "say" -> log(value + " " + variable("JOB_COMPLETION_INDEX"));
      case "write" ->
          Files.writeString(Path.of(variable("JOB_FOLDER"), value), "x".repeat(1 << 20));
      case "exit" -> Runtime.getRuntime().exit(Integer.parseInt(value));
      case "sleep" -> pause(Long.parseLong(value));
      case "fill" -> {
        byte[][] memory = new byte[1024][];
        for (int i = 0; i < memory.length; i++) {
          memory[i] = new byte[1 << 20];
        }
      }
      case "echo" -> echo();
      case "offer" -> offer(Path.of(variable("JOB_FOLDER"), value));
      default -> throw new IllegalArgumentException(action);
    }
  }

  private static void echo() throws IOException {
    int port = Integer.parseInt(variable("RESULT_PORT"));
    try (ServerSocket server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      log("listening");
      try (Socket socket = server.accept()) {
        socket.getInputStream().transferTo(socket.getOutputStream());
      }
    }
  }

  private static void offer(Path file) throws IOException, InterruptedException {
    int port = Integer.parseInt(variable("RESULT_PORT"));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 8);
    server.createContext(
        "/" + file.getFileName(),
        exchange -> {
          exchange.sendResponseHeaders(200, Files.size(file));
          Files.copy(file, exchange.getResponseBody());
          exchange.close();
        });
    server.start();
    log("offering");
    Thread.currentThread().join();
  }

  private static void check(HttpExchange exchange, boolean well) throws IOException {
    answer(exchange, well ? 200 : 503, "");
  }

  private static void serve(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    switch (path) {
      case "/die" -> Runtime.getRuntime().halt(9);
      case "/unready" -> ready = false;
      case "/unlive" -> alive = false;
      case "/burn" -> burn(Long.parseLong(exchange.getRequestURI().getQuery()));
      case "/wait" -> pause(Long.parseLong(exchange.getRequestURI().getQuery()));
      case "/log" -> log(new String(body, UTF_8));
      default -> {}
    }
    if (path.startsWith("/missing")) {
      answer(exchange, 404, "");
      return;
    }
    String seen = exchange.getRequestHeaders().getFirst("X-Forwarded-For");
    answer(
        exchange,
        200,
        variable("GREETING")
            + " "
            + ProcessHandle.current().pid()
            + " "
            + body.length
            + " "
            + seen);
  }

  private static void burn(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static String variable(String name) {
    return System.getenv().getOrDefault(name, "");
  }

  private static void log(String line) {
    System.out.println(line);
  }
}

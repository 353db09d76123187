package dev.mlops.platform.gcp.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Base64;

/**
 * Google's metadata server in an image of its own, for pods of a cluster that is not Google's. Says
 * that whoever asks is {@code IDENTITY} of {@code PROJECT}; a POST says who they are from then on.
 */
public final class PodMetadata {
  private static volatile String identity = System.getenv("IDENTITY");

  private PodMetadata() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    int port = Integer.parseInt(System.getenv("PORT"));
    HttpServer server = HttpServer.create(new InetSocketAddress(port), 64);
    server.createContext("/", PodMetadata::serve);
    server.start();
    Thread.currentThread().join();
  }

  private static void serve(HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("POST")) {
      identity = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      answer(exchange, 200, "");
      return;
    }
    if (!"Google".equals(exchange.getRequestHeaders().getFirst("Metadata-Flavor"))) {
      answer(exchange, 403, "");
      return;
    }
    String path = exchange.getRequestURI().getPath();
    String account = "/computeMetadata/v1/instance/service-accounts/default/";
    if (path.equals("/computeMetadata/v1/project/project-id")) {
      answer(exchange, 200, System.getenv("PROJECT"));
    } else if (path.equals(account + "email")) {
      answer(exchange, 200, identity);
    } else if (path.equals(account + "identity")) {
      String claims = "{\"aud\":\"mlops\",\"email\":\"" + identity + "\"}";
      String body = Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(UTF_8));
      answer(exchange, 200, "aGVhZA." + body + ".c2lnbmF0dXJl");
    } else {
      answer(exchange, 404, "");
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Metadata-Flavor", "Google");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}

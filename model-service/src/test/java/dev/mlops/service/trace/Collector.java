package dev.mlops.service.trace;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** Takes spans as a collector does, read by OpenTelemetry's own classes. */
public final class Collector implements AutoCloseable {
  private final List<ExportTraceServiceRequest> requests = new CopyOnWriteArrayList<>();
  private final List<HttpExchange> exchanges = new CopyOnWriteArrayList<>();
  private final List<Long> times = new CopyOnWriteArrayList<>();
  private final String scheme;
  private final HttpServer server;
  private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
  private volatile int status = 200;
  private volatile String retryAfter = "";
  private volatile int leftOut;

  public Collector() throws IOException {
    this("http", HttpServer.create(free(), 0));
  }

  private Collector(String scheme, HttpServer server) {
    this.scheme = scheme;
    this.server = server;
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/traces", this::take);
    server.start();
  }

  /** One that answers nobody but those whose certificate it trusts. */
  static Collector secure(SSLContext context) throws IOException {
    HttpsServer server = HttpsServer.create(free(), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters wanted = context.getDefaultSSLParameters();
            wanted.setNeedClientAuth(true);
            parameters.setSSLParameters(wanted);
          }
        });
    return new Collector("https", server);
  }

  private static InetSocketAddress free() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  public String address() {
    return scheme + "://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Answers with this status from now on. */
  void answer(int other) {
    status = other;
  }

  /** Answers the next export with this status. */
  void answerOnce(int other) {
    statuses.add(other);
  }

  /** Asks, where it refuses, to be left alone: seconds, or a date. */
  void retryAfter(String wish) {
    retryAfter = wish;
  }

  /** Says of each export that it is taken but for so many spans. */
  void leaveOut(int spans) {
    leftOut = spans;
  }

  /** When each export came, by {@link System#nanoTime()}. */
  List<Long> times() {
    return times;
  }

  public List<ExportTraceServiceRequest> requests() {
    return requests;
  }

  /** All spans of all requests. */
  public List<Span> spans() {
    return requests.stream()
        .flatMap(request -> request.getResourceSpansList().stream())
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .flatMap(scope -> scope.getSpansList().stream())
        .toList();
  }

  String header(int request, String name) {
    return exchanges.get(request).getRequestHeaders().getFirst(name);
  }

  /** Waits until there are so many spans; what a test awaits has its own time limit. */
  public List<Span> await(int spans) throws InterruptedException {
    while (spans().size() < spans) {
      Thread.sleep(5);
    }
    return spans();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    exchanges.add(exchange);
    times.add(System.nanoTime());
    int answer = Objects.requireNonNullElse(statuses.poll(), status);
    boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    try (InputStream body =
        gzip ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
      ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(body);
      if (answer == 200) {
        requests.add(request);
      } else if (!retryAfter.isEmpty()) {
        exchange.getResponseHeaders().set("Retry-After", retryAfter);
      }
    }
    if (answer == 401) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"x\"");
    }
    byte[] body = answer == 200 ? response() : new byte[0];
    exchange.sendResponseHeaders(answer, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private byte[] response() {
    var response = ExportTraceServiceResponse.newBuilder();
    if (leftOut > 0) {
      response.setPartialSuccess(
          ExportTracePartialSuccess.newBuilder().setRejectedSpans(leftOut).setErrorMessage("full"));
    }
    return response.build().toByteArray();
  }
}

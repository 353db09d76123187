package dev.mlops.service.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.mlops.service.predict.ByteSink;
import dev.mlops.service.predict.Lane;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What the connections of one event loop share. Confined to that loop, so nothing is locked: {@link
 * HttpServer} changes it by tasks on the loop.
 */
final class Worker {
  private final Routes routes;
  private final RequestMetrics.Loop metrics;
  private final AccessLog log;
  private final Supplier<byte[]> metricsPage;
  private final Body.Budget bodies;
  private final Set<Connection> connections = new LinkedHashSet<>();
  private final ByteSink sink = new ByteSink();
  private byte[] scratch = new byte[4096];
  private byte[] date;
  private Lane lane;
  private boolean draining;

  Worker(
      Routes routes,
      RequestMetrics.Loop metrics,
      AccessLog log,
      Supplier<byte[]> metricsPage,
      int bodyBytes) {
    this.routes = routes;
    this.metrics = metrics;
    this.log = log;
    this.metricsPage = metricsPage;
    this.bodies = new Body.Budget(bodyBytes);
    tick();
  }

  Routes routes() {
    return routes;
  }

  RequestMetrics.Loop metrics() {
    return metrics;
  }

  AccessLog log() {
    return log;
  }

  Body.Budget bodies() {
    return bodies;
  }

  Set<Connection> connections() {
    return connections;
  }

  byte[] metricsPage() {
    return metricsPage.get();
  }

  /** The value of the Date header, with its line end. */
  byte[] date() {
    return date;
  }

  /** Null until the model is ready. */
  Lane lane() {
    return lane;
  }

  /** An empty sink for the next answer. */
  ByteSink sink() {
    sink.clear();
    return sink;
  }

  /** Room for a body that is used before the next event. */
  byte[] scratch(int bytes) {
    if (bytes > scratch.length) {
      scratch = new byte[Math.max(bytes, 2 * scratch.length)];
    }
    return scratch;
  }

  void ready(Lane laid) {
    lane = laid;
  }

  boolean draining() {
    return draining;
  }

  /** From now on every answer ends its connection. */
  void drain() {
    draining = true;
  }

  void closeIdle() {
    List.copyOf(connections).forEach(Connection::closeIfIdle);
  }

  /** Once a second or so. */
  void tick() {
    date = (httpDate() + "\r\n").getBytes(US_ASCII);
    long now = System.nanoTime();
    List.copyOf(connections).forEach(connection -> connection.closeIfOverdue(now));
  }

  /** The JDK's format, but for the day of the month: HTTP wants two digits. */
  private static String httpDate() {
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(OffsetDateTime.now(ZoneOffset.UTC));
    return date.charAt(6) == ' ' ? date.substring(0, 5) + '0' + date.substring(5) : date;
  }
}

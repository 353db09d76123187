package dev.mlops.service.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.mlops.service.json.ByteSink;
import dev.mlops.service.telemetry.Tally;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * What the connections of one event loop share. Confined to that loop, so nothing is locked: others
 * change it by tasks on the loop.
 */
final class Worker {
  private final int thread;
  private final AccessLog log;
  private final Tally inFlight;
  private final Backlog work;
  private final Backlog pages;
  private final Budget budget = new Budget(Limits.BODIES_BYTES);
  private final ByteSink body = new ByteSink();
  private final Outbox outbox = new Outbox();
  private Routes routes;
  private byte[] date;
  private boolean draining;

  Worker(int thread, Routes routes, AccessLog log, Tally inFlight, Duration turn) {
    this.thread = thread;
    this.routes = routes;
    this.log = log;
    this.inFlight = inFlight;
    this.work = Backlog.ofWork(turn.toNanos(), System::nanoTime);
    this.pages = Backlog.ofPages(turn.toNanos(), System::nanoTime);
    tick();
  }

  int thread() {
    return thread;
  }

  Routes routes() {
    return routes;
  }

  void serve(Routes others) {
    routes = others;
  }

  AccessLog log() {
    return log;
  }

  Tally inFlight() {
    return inFlight;
  }

  /** Where requests of a route wait for their turn. */
  Backlog backlog(Route route) {
    return route.isWork() ? work : pages;
  }

  /** Events have come, of which this is the time. */
  void woken(long now) {
    work.woken(now);
    pages.woken(now);
  }

  /** Whether no request waits for its turn. */
  boolean isIdle() {
    return work.isEmpty() && pages.isEmpty();
  }

  /** Does some of what waits, and no more of it than lets the sockets be looked at soon. */
  void work() {
    work.work();
    pages.workOnce();
  }

  Budget budget() {
    return budget;
  }

  /** Where the answer under way puts its body. */
  ByteSink body() {
    return body;
  }

  /** Where the answers to what one event brought in are put together. */
  Outbox outbox() {
    return outbox;
  }

  /** The Date header, with its line end. */
  byte[] date() {
    return date;
  }

  boolean draining() {
    return draining;
  }

  /** From now on every answer ends its connection. */
  void drain() {
    draining = true;
  }

  /** Once a second or so. */
  void tick() {
    date = ("Date: " + httpDate() + "\r\n").getBytes(US_ASCII);
  }

  /** The JDK's format, but for the day of the month: HTTP wants two digits. */
  private static String httpDate() {
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(OffsetDateTime.now(ZoneOffset.UTC));
    return date.charAt(6) == ' ' ? date.substring(0, 5) + '0' + date.substring(5) : date;
  }
}

package dev.mlops.service.http;

import dev.mlops.service.telemetry.JsonLog;
import dev.mlops.service.telemetry.MetricSource;
import dev.mlops.service.telemetry.MetricsPage;
import dev.mlops.service.trace.Tracing;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** HTTP/1.1 on a port: one event loop for each CPU, each with its own connections. */
public final class HttpServer implements MetricSource {
  /** For who has just come in to say what for, in nanoseconds. */
  private static final long FIRST_WORDS = 100_000_000L;

  private final List<Loop> loops = new ArrayList<>();
  private final AtomicInteger open = new AtomicInteger();
  private final RequestMetrics requests = new RequestMetrics(Limits.LOOPS);
  private final Route nowhere = Route.nowhere();
  private final Listener listener;
  private final int port;
  private volatile boolean gaveUp;

  /**
   * Binds the port and answers.
   *
   * @param tracing which requests are logged and traced
   * @throws IOException if it can't be bound: taken, or not allowed
   */
  public HttpServer(Listen listen, List<Route> routes, JsonLog log, Tracing tracing)
      throws IOException {
    Routes table = open(routes);
    for (int i = 0; i < threads(); i++) {
      AccessLog accessLog = new AccessLog(log, tracing.tracer());
      loops.add(
          new Loop(
              new Worker(i, table, accessLog, requests.inFlight(i), listen.patience().turn()),
              open));
    }
    listener = new Listener(listen, loops);
    port = listener.port();
    loops.forEach(Loop::start);
  }

  /** The port that is listened on. */
  public int port() {
    return port;
  }

  /** How many threads serve: {@link Request#thread()} is below. */
  public static int threads() {
    return Limits.LOOPS;
  }

  /** Answers these paths from now on, and no others. */
  public void serve(List<Route> routes) {
    Routes table = open(routes);
    onEachLoop(loop -> loop.worker().serve(table));
  }

  /** From now on every answer ends its connection. */
  public void endKeepAlive() {
    onEachLoop(loop -> loop.worker().drain());
  }

  /**
   * Stops: after a while no more connections are taken, and the requests under way are waited for.
   *
   * @param delay for which new connections are still taken: whoever sends them here has to notice
   * @param limit the longest that all of it may take
   * @return whether every request was answered; a second call says the same
   */
  public boolean stop(Duration delay, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    Thread.sleep(delay.compareTo(limit) < 0 ? delay : limit);
    loops.getFirst().runAndWait(listener::stop);
    Thread.sleep(Duration.ofNanos(Math.clamp(end - System.nanoTime(), 0, FIRST_WORDS)));
    onEachLoop(Loop::closeIdle);
    while (open.get() > 0 && System.nanoTime() - end < 0) {
      Thread.sleep(5);
    }
    if (open.get() > 0) {
      gaveUp = true;
    }
    for (Loop loop : loops) {
      loop.stop();
    }
    return !gaveUp;
  }

  @Override
  public void writeTo(MetricsPage page) {
    requests.writeTo(page);
    page.gauge("http_server_connections", "Connections that are open.");
    page.sample(open.get());
  }

  private Routes open(List<Route> routes) {
    Routes table = new Routes(routes, nowhere);
    requests.open(table);
    return table;
  }

  private void onEachLoop(Consumer<Loop> task) {
    loops.forEach(loop -> loop.runAndWait(() -> task.accept(loop)));
  }
}

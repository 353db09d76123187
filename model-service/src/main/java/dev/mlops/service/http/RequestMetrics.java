package dev.mlops.service.http;

import dev.mlops.service.telemetry.MetricSource;
import dev.mlops.service.telemetry.MetricsPage;
import dev.mlops.service.telemetry.Tally;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.stream.Stream;

/** What the requests of all routes came to. */
final class RequestMetrics implements MetricSource {
  private final Set<Route> routes = new CopyOnWriteArraySet<>();
  private final List<Tally> inFlight;

  RequestMetrics(int loops) {
    inFlight = Stream.generate(() -> new Tally(1)).limit(loops).toList();
  }

  /** Counts the requests of these routes, too. */
  void open(Routes more) {
    more.all().forEach(route -> route.open(inFlight.size()));
    more.nowhere().open(inFlight.size());
    routes.addAll(more.all());
    routes.add(more.nowhere());
  }

  /** How many requests a loop has begun and not yet answered; only it writes them. */
  Tally inFlight(int thread) {
    return inFlight.get(thread);
  }

  @Override
  public void writeTo(MetricsPage page) {
    page.counter("http_server_requests_total", "Requests answered.");
    routes.forEach(route -> route.meter().writeRequests(page, route.path()));
    page.gauge("http_server_requests_in_flight", "Requests begun and not yet answered.");
    page.sample(Tally.sum(inFlight, 1)[0]);
    page.histogram(
        "http_server_request_duration_seconds",
        "From the end of a request's header to its answer being handed to the system.");
    routes.forEach(route -> route.meter().writeDurations(page, route.path()));
  }
}

package dev.mlops.service.http;

import dev.mlops.service.telemetry.MetricSource;
import dev.mlops.service.telemetry.MetricsPage;
import dev.mlops.service.telemetry.Tally;
import java.util.List;
import java.util.stream.Stream;

/** What the requests of all loops came to. */
final class RequestMetrics implements MetricSource {
  private static final double[] SECONDS = {
    50e-6, 100e-6, 250e-6, 500e-6, 1e-3, 2.5e-3, 5e-3, 10e-3, 25e-3, 50e-3, 100e-3, 250e-3, 500e-3,
    1, 2.5, 5, 10
  };
  private static final int BUCKETS = SECONDS.length + 1;
  private static final int REQUESTS = Route.COUNT * Verb.COUNT * Status.COUNT;
  private static final Status[] STATUSES = Status.values();
  private static final Verb[] VERBS = Verb.values();
  private static final Route[] ROUTES = Route.values();

  private final Routes routes;
  private final List<Loop> loops;

  RequestMetrics(Routes routes, int loops) {
    this.routes = routes;
    this.loops = Stream.generate(Loop::new).limit(loops).toList();
  }

  Loop loop(int index) {
    return loops.get(index);
  }

  /** The counters of one event loop; only it writes them. */
  static final class Loop {
    private static final long[] NANOS = nanos();

    private final Tally requests = new Tally(REQUESTS);
    private final Tally durations = new Tally(Route.COUNT * BUCKETS);
    private final Tally nanos = new Tally(Route.COUNT);
    private final Tally inFlight = new Tally(1);

    void begun() {
      inFlight.add(0, 1);
    }

    void ended(Route route, Verb verb, Status status, long took) {
      inFlight.add(0, -1);
      int request = (route.index() * Verb.COUNT + verb.index()) * Status.COUNT;
      requests.add(request + status.index(), 1);
      durations.add(route.index() * BUCKETS + bucket(took), 1);
      nanos.add(route.index(), took);
    }

    /** From the left: nearly all requests are in the first few. */
    private static int bucket(long took) {
      int bucket = 0;
      while (bucket < NANOS.length && took > NANOS[bucket]) {
        bucket++;
      }
      return bucket;
    }

    private static long[] nanos() {
      long[] nanos = new long[SECONDS.length];
      for (int i = 0; i < nanos.length; i++) {
        nanos[i] = Math.round(SECONDS[i] * 1e9);
      }
      return nanos;
    }
  }

  @Override
  public void writeTo(MetricsPage page) {
    page.counter("http_server_requests_total", "Requests answered.");
    long[] requests = Tally.sum(loops.stream().map(l -> l.requests).toList(), REQUESTS);
    for (int i = 0; i < REQUESTS; i++) {
      if (requests[i] > 0) {
        page.sample(
            requests[i],
            "path",
            routes.label(ROUTES[i / Status.COUNT / Verb.COUNT]),
            "method",
            VERBS[i / Status.COUNT % Verb.COUNT].name(),
            "status",
            Integer.toString(STATUSES[i % Status.COUNT].code()));
      }
    }
    page.gauge("http_server_requests_in_flight", "Requests begun and not yet answered.");
    page.sample(Tally.sum(loops.stream().map(l -> l.inFlight).toList(), 1)[0]);
    durations(page);
  }

  private void durations(MetricsPage page) {
    page.histogram(
        "http_server_request_duration_seconds",
        "From the end of a request's header to its answer being handed to the system.");
    long[] counts = Tally.sum(loops.stream().map(l -> l.durations).toList(), Route.COUNT * BUCKETS);
    long[] nanos = Tally.sum(loops.stream().map(l -> l.nanos).toList(), Route.COUNT);
    for (Route route : ROUTES) {
      String path = routes.label(route);
      long below = 0;
      for (int i = 0; i < BUCKETS; i++) {
        below += counts[route.index() * BUCKETS + i];
        String bound = i == SECONDS.length ? "+Inf" : Double.toString(SECONDS[i]);
        page.sample("_bucket", (double) below, "path", path, "le", bound);
      }
      page.sample("_sum", nanos[route.index()] / 1e9, "path", path);
      page.sample("_count", (double) below, "path", path);
    }
  }
}

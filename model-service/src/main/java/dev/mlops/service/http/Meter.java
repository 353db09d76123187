package dev.mlops.service.http;

import dev.mlops.service.telemetry.Example;
import dev.mlops.service.telemetry.MetricsPage;
import dev.mlops.service.telemetry.Tally;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the requests of one route came to, on all event loops. */
final class Meter {
  private static final double[] SECONDS = {
    50e-6, 100e-6, 250e-6, 500e-6, 1e-3, 2.5e-3, 5e-3, 10e-3, 25e-3, 50e-3, 100e-3, 250e-3, 500e-3,
    1, 2.5, 5, 10
  };
  private static final int BUCKETS = SECONDS.length + 1;
  private static final int REQUESTS = Verb.COUNT * Status.COUNT;
  private static final Status[] STATUSES = Status.values();
  private static final Verb[] VERBS = Verb.values();

  private final List<Loop> loops;

  Meter(int loops) {
    this.loops = Stream.generate(Loop::new).limit(loops).toList();
  }

  Loop loop(int thread) {
    return loops.get(thread);
  }

  /** The counters of one event loop; only it writes them. */
  static final class Loop {
    private static final long[] NANOS = nanos();

    private final Tally requests = new Tally(REQUESTS);
    private final Tally durations = new Tally(BUCKETS);
    private final Tally nanos = new Tally(1);
    private final AtomicReferenceArray<Example> examples = new AtomicReferenceArray<>(BUCKETS);

    void ended(Verb verb, Status status, long took) {
      requests.add(verb.index() * Status.COUNT + status.index(), 1);
      durations.add(bucket(took), 1);
      nanos.add(0, took);
    }

    /** A traced request, for whoever wants to see one that took so long. */
    void example(String traceId, long took) {
      examples.setRelease(bucket(took), new Example(traceId, took / 1e9, Instant.now()));
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

  void writeRequests(MetricsPage page, String path) {
    long[] requests = sum(loop -> loop.requests);
    for (int i = 0; i < REQUESTS; i++) {
      if (requests[i] > 0) {
        page.sample(
            requests[i],
            "path",
            path,
            "method",
            VERBS[i / Status.COUNT].name(),
            "status",
            Integer.toString(STATUSES[i % Status.COUNT].code()));
      }
    }
  }

  /** Nothing for a path that nobody has asked for: of most dialects a service hears never. */
  void writeDurations(MetricsPage page, String path) {
    long[] counts = sum(loop -> loop.durations);
    long below = 0;
    for (long count : counts) {
      below += count;
    }
    if (below == 0) {
      return;
    }
    below = 0;
    for (int i = 0; i < BUCKETS; i++) {
      below += counts[i];
      String bound = i == SECONDS.length ? "+Inf" : Double.toString(SECONDS[i]);
      page.bucket(below, example(i), "path", path, "le", bound);
    }
    page.sample("_sum", sum(loop -> loop.nanos)[0] / 1e9, "path", path);
    page.sample("_count", (double) below, "path", path);
  }

  /** The newest of all loops. */
  private Optional<Example> example(int bucket) {
    return loops.stream()
        .map(loop -> loop.examples.getAcquire(bucket))
        .filter(Objects::nonNull)
        .max(Comparator.comparing(Example::time));
  }

  private long[] sum(Function<Loop, Tally> counters) {
    List<Tally> tallies = loops.stream().map(counters).toList();
    return Tally.sum(tallies, tallies.getFirst().size());
  }
}

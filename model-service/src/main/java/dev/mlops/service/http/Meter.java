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
  /** Of labels, in which numbers are no numbers: written as OpenMetrics and Go write them. */
  private static final List<String> SECONDS =
      List.of(
          "5e-05", "0.0001", "0.00025", "0.0005", "0.001", "0.0025", "0.005", "0.01", "0.025",
          "0.05", "0.1", "0.25", "0.5", "1.0", "2.5", "5.0", "10.0");

  private static final int BUCKETS = SECONDS.size() + 1;
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
      return SECONDS.stream()
          .mapToLong(seconds -> Math.round(Double.parseDouble(seconds) * 1e9))
          .toArray();
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
      String bound = i == SECONDS.size() ? "+Inf" : SECONDS.get(i);
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

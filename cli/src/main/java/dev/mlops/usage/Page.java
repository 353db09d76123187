package dev.mlops.usage;

import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What of a replica's metrics page (docs/reference/http.md) tells how busy it is. Everything counts
 * from the start of its process.
 *
 * @param requests answered, but for those of probes and scrapers
 * @param errors those of them that got a status from 500 on
 * @param buckets how many of them took up to so many seconds; the largest bound is infinite
 * @param cpuSeconds absent if the page does not tell
 * @param memoryBytes likewise
 */
record Page(
    double requests,
    double errors,
    TreeMap<Double, Double> buckets,
    Optional<Double> cpuSeconds,
    Optional<Double> memoryBytes) {
  private static final String METRICS = "/metrics";
  private static final int SERVER_ERROR = 500;

  /**
   * @param probes paths that are not asked by users
   */
  static Page parse(String text, Set<String> probes) {
    Reader reader = new Reader(probes);
    Exposition.parse(text).stream()
        .filter(sample -> !Double.isNaN(sample.value()))
        .forEach(reader::take);
    return reader.page();
  }

  private static final class Reader {
    private final Set<String> probes;
    private final TreeMap<Double, Double> buckets = new TreeMap<>();
    private double requests;
    private double errors;
    private Optional<Double> cpu = Optional.empty();
    private Optional<Double> memory = Optional.empty();

    Reader(Set<String> probes) {
      this.probes = probes;
    }

    void take(Exposition.Sample sample) {
      String path = sample.labels().getOrDefault("path", "");
      boolean asked = !path.equals(METRICS) && !probes.contains(path);
      double value = sample.value();
      switch (sample.name()) {
        case "http_server_requests_total" -> {
          if (asked) {
            requests += value;
            errors += label(sample, "status") >= SERVER_ERROR ? value : 0;
          }
        }
        case "http_server_request_duration_seconds_bucket" -> {
          if (asked) {
            buckets.merge(label(sample, "le"), value, Double::sum);
          }
        }
        case "process_cpu_seconds_total" -> cpu = Optional.of(value);
        case "process_resident_memory_bytes" -> memory = Optional.of(value);
        default -> {}
      }
    }

    private static double label(Exposition.Sample sample, String name) {
      return Exposition.number(sample.labels().getOrDefault(name, ""));
    }

    Page page() {
      return new Page(requests, errors, buckets, cpu, memory);
    }
  }
}

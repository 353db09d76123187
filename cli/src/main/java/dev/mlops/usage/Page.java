package dev.mlops.usage;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
  private static final Pattern SAMPLE =
      Pattern.compile("^([a-z_]+)(?:\\{([^}]*)})? (\\S+)", Pattern.MULTILINE);
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
  private static final String METRICS = "/metrics";
  private static final int SERVER_ERROR = 500;

  /**
   * @param probes paths that are not asked by users
   */
  static Page parse(String text, Set<String> probes) {
    Reader reader = new Reader(probes);
    Matcher matcher = SAMPLE.matcher(text);
    while (matcher.find()) {
      reader.take(matcher.group(1), labels(matcher.group(2)), matcher.group(3));
    }
    return reader.page();
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new TreeMap<>();
    Matcher matcher = LABEL.matcher(text == null ? "" : text);
    while (matcher.find()) {
      labels.put(matcher.group(1), matcher.group(2));
    }
    return labels;
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

    void take(String name, Map<String, String> labels, String text) {
      String path = labels.getOrDefault("path", "");
      boolean asked = !path.equals(METRICS) && !probes.contains(path);
      switch (name) {
        case "http_server_requests_total" -> {
          if (asked) {
            double value = number(text);
            requests += value;
            errors += number(labels.getOrDefault("status", "0")) >= SERVER_ERROR ? value : 0;
          }
        }
        case "http_server_request_duration_seconds_bucket" -> {
          if (asked) {
            buckets.merge(number(labels.getOrDefault("le", "+Inf")), number(text), Double::sum);
          }
        }
        case "process_cpu_seconds_total" -> cpu = Optional.of(number(text));
        case "process_resident_memory_bytes" -> memory = Optional.of(number(text));
        default -> {}
      }
    }

    Page page() {
      return new Page(requests, errors, buckets, cpu, memory);
    }

    private static double number(String text) {
      try {
        return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
      } catch (NumberFormatException e) {
        return 0;
      }
    }
  }
}

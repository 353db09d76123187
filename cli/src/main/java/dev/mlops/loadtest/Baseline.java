package dev.mlops.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mlops.problem.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * The measured seconds of an earlier test. Seconds are compared, not the two totals, because only
 * their spread tells how much of a difference is chance.
 */
public final class Baseline {
  private static final int RESAMPLES = 2_000;

  /** Neighbouring seconds are alike; resampled in blocks, their likeness stays in the interval. */
  private static final int BLOCK = 3;

  private static final int FEWEST_SECONDS = 2 * BLOCK;

  /** The figures of one second. */
  record Second(double rate, double p50, double p95, double p99) {
    static Optional<Second> of(Snapshot snapshot) {
      return snapshot
          .latency()
          .filter(_ -> snapshot.phase() == Phase.MEASURED)
          .map(latency -> new Second(snapshot.rate(), latency.p50(), latency.p95(), latency.p99()));
    }
  }

  private final List<Second> before;

  private Baseline(List<Second> before) {
    this.before = List.copyOf(before);
  }

  static Baseline of(List<Second> seconds) {
    return new Baseline(seconds);
  }

  /**
   * @param file a {@code report.json}
   * @throws dev.mlops.problem.MlopsException if it is none
   */
  public static Baseline read(Path file) {
    try {
      List<Second> seconds = new ArrayList<>();
      for (JsonNode second :
          new ObjectMapper().readTree(Files.readAllBytes(file)).path("timeline")) {
        if (second.path("phase").asText().equals(Phase.MEASURED.label()) && second.has("p50")) {
          seconds.add(
              new Second(
                  second.path("rate").asDouble(),
                  second.path("p50").asDouble(),
                  second.path("p95").asDouble(),
                  second.path("p99").asDouble()));
        }
      }
      if (seconds.size() < FEWEST_SECONDS) {
        throw new IOException("it has fewer than " + FEWEST_SECONDS + " measured seconds");
      }
      return new Baseline(seconds);
    } catch (IOException e) {
      throw Code.LOAD_BASELINE.problem(
          file + " is no baseline",
          "A baseline is the report.json of an earlier load test.",
          "mlops loadtest --compare reports/…/report.json",
          e);
    }
  }

  /** Nothing if the new test has too few seconds to say anything. */
  List<Change> compare(List<Snapshot> timeline) {
    List<Second> now = timeline.stream().flatMap(each -> Second.of(each).stream()).toList();
    if (now.size() < FEWEST_SECONDS) {
      return List.of();
    }
    return List.of(
        change("throughput", "/s", false, Second::rate, now),
        change("p50", "ms", true, Second::p50, now),
        change("p95", "ms", true, Second::p95, now),
        change("p99", "ms", true, Second::p99, now));
  }

  private Change change(
      String measure,
      String unit,
      boolean lessIsBetter,
      ToDoubleFunction<Second> value,
      List<Second> seconds) {
    double[] old = before.stream().mapToDouble(value).toArray();
    double[] now = seconds.stream().mapToDouble(value).toArray();
    SplittableRandom random = new SplittableRandom(1);
    double[] ratios =
        DoubleStream.generate(() -> resampledMean(now, random) / resampledMean(old, random))
            .limit(RESAMPLES)
            .sorted()
            .toArray();
    double low = ratios[RESAMPLES / 40];
    double high = ratios[RESAMPLES - 1 - RESAMPLES / 40];
    double ratio = mean(now) / mean(old);
    return new Change(
        measure,
        unit,
        mean(old),
        mean(now),
        ratio,
        low,
        high,
        Change.Verdict.of(low, high, lessIsBetter));
  }

  private static double resampledMean(double[] values, SplittableRandom random) {
    double sum = 0;
    int taken = 0;
    while (taken < values.length) {
      int start = random.nextInt(values.length);
      for (int i = 0; i < BLOCK && taken < values.length; i++, taken++) {
        sum += values[(start + i) % values.length];
      }
    }
    return sum / values.length;
  }

  private static double mean(double[] values) {
    return DoubleStream.of(values).average().orElse(Double.NaN);
  }
}

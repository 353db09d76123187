package dev.mlops.loadtest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * What a load test's figures rest on, for its report.
 *
 * @param errors of the measured time, the most frequent first
 * @param slowest of the measured time, the slowest first
 * @param excluded requests before the measured time, which count for nothing
 * @param excludedErrors those of them that failed
 */
public record Evidence(
    LoadPlan plan,
    Instant started,
    Machine machine,
    List<Snapshot> timeline,
    Spectrum latency,
    Spectrum service,
    List<ErrorCount> errors,
    List<SlowRequest> slowest,
    List<SelfCheck> checks,
    long excluded,
    long excludedErrors) {

  /** Where the load came from. */
  public record Machine(String system, int processors, String java, String tool) {
    static Machine here() {
      String tool = Machine.class.getPackage().getImplementationVersion();
      return new Machine(
          System.getProperty("os.name") + " " + System.getProperty("os.arch"),
          Runtime.getRuntime().availableProcessors(),
          System.getProperty("java.vm.name") + " " + Runtime.version(),
          tool == null ? "development" : tool);
    }
  }

  /** A whole distribution, the tail as finely as the body. */
  public record Spectrum(List<Point> points) {
    private static final int STEPS_PER_HALVING = 5;

    /**
     * @param percentile from 0 to 100
     */
    public record Point(double percentile, double millis) {}

    public Spectrum {
      points = List.copyOf(points);
    }

    static Spectrum of(Histogram nanos) {
      if (nanos.getTotalCount() == 0) {
        return new Spectrum(List.of());
      }
      List<Point> points = new ArrayList<>();
      for (HistogramIterationValue step : nanos.percentiles(STEPS_PER_HALVING)) {
        points.add(new Point(step.getPercentileLevelIteratedTo(), step.getValueIteratedTo() / 1e6));
      }
      return new Spectrum(points);
    }
  }

  public Evidence {
    timeline = List.copyOf(timeline);
    errors = List.copyOf(errors);
    slowest = List.copyOf(slowest);
    checks = List.copyOf(checks);
  }
}

package dev.mlops.lifecycle;

import dev.mlops.loadtest.ErrorCount;
import dev.mlops.loadtest.Evidence;
import dev.mlops.loadtest.Gate;
import dev.mlops.loadtest.LoadPlan;
import dev.mlops.loadtest.LoadResult;
import dev.mlops.loadtest.Percentiles;
import dev.mlops.loadtest.PlanFor;
import dev.mlops.loadtest.SelfCheck;
import dev.mlops.loadtest.Totals;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A load test's result as it could have been. */
public final class SampleLoad {
  private static final Percentiles LATENCY =
      new Percentiles(12_000, 0.5, 2.5, 1.25, 4, 5.5, 12, 30, 123.456);
  private static final Evidence.Spectrum SPECTRUM =
      new Evidence.Spectrum(List.of(new Evidence.Spectrum.Point(50, 1.25)));

  private SampleLoad() {}

  public static LoadResult result(boolean valid, List<Gate.Outcome> gates) {
    LoadPlan plan = new PlanFor(URI.create("http://127.0.0.1:8000")).plan();
    SelfCheck check =
        new SelfCheck("Busy", "99 %", "90 %", valid, valid ? "" : "the load tester was too busy");
    Evidence evidence =
        new Evidence(
            plan,
            Instant.EPOCH,
            new Evidence.Machine("Linux amd64", 2, "Java 25", "1.0.0"),
            List.of(),
            SPECTRUM,
            SPECTRUM,
            List.of(new ErrorCount("status 500", 24, "")),
            List.of(),
            List.of(check),
            0,
            0);
    Totals totals = new Totals(12_000, 24, 10, Optional.of(LATENCY), Optional.of(LATENCY));
    return new LoadResult(
        totals,
        Map.of("predict", totals),
        gates,
        Optional.empty(),
        List.of(),
        evidence,
        Path.of("reports/loadtest/report.html"));
  }
}

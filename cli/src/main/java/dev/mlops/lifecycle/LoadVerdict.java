package dev.mlops.lifecycle;

import dev.mlops.loadtest.Gate;
import dev.mlops.loadtest.LoadResult;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a load test's result means for the command's end. */
public final class LoadVerdict {
  private LoadVerdict() {}

  /** Nothing to complain of is empty. A measurement that is not valid can't pass a gate. */
  public static Optional<MlopsException> of(LoadResult result) {
    if (!result.valid()) {
      return Optional.of(
          Code.LOAD_INVALID.problem(
              "The measurement is not valid: " + String.join("; ", result.invalidBecause()),
              "The load tester, not the service, was the bottleneck, or nothing was answered.",
              "Run it again with fewer users, or from a machine with nothing else to do"));
    }
    if (!result.gatesPassed()) {
      return Optional.of(
          Code.LOAD_GATE.problem(
              "A load-test objective was missed: " + missed(result),
              "",
              "Look at the report: " + result.report()));
    }
    return Optional.empty();
  }

  /** Of a test that was interrupted: no gate is judged, and the exit code is that of Ctrl-C. */
  public static MlopsException interrupted(LoadResult result) {
    double seconds = result.totals().seconds();
    return Code.INTERRUPTED.problem(
        seconds == 0
            ? "Interrupted before the measured time began"
            : String.format(
                Locale.ROOT,
                "Interrupted after %.1f of %d measured seconds",
                seconds,
                result.evidence().plan().timing().duration().toSeconds()),
        result.valid() ? "" : "Besides: " + String.join("; ", result.invalidBecause()),
        "mlops loadtest");
  }

  private static String missed(LoadResult result) {
    return result.gates().stream()
        .filter(outcome -> !outcome.passed())
        .map(Gate.Outcome::gate)
        .map(Gate::expression)
        .collect(Collectors.joining(", "));
  }
}

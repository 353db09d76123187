package dev.mlops.lifecycle;

import dev.mlops.loadtest.Gate;
import dev.mlops.loadtest.LoadResult;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
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

  private static String missed(LoadResult result) {
    return result.gates().stream()
        .filter(outcome -> !outcome.passed())
        .map(Gate.Outcome::gate)
        .map(Gate::expression)
        .collect(Collectors.joining(", "));
  }
}

package dev.mlops.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.loadtest.Gate;
import dev.mlops.loadtest.LoadResult;
import dev.mlops.problem.ExitCode;
import dev.mlops.problem.MlopsException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class LoadVerdictTest {
  private static final Gate FAST = Gate.parse("p95<200ms");
  private static final Gate WELL = Gate.parse("errors<1%");

  private static Gate.Outcome outcome(Gate gate, boolean passed) {
    return new Gate.Outcome(gate, OptionalDouble.of(300), Gate.Judgement.of(passed));
  }

  private static Optional<MlopsException> verdict(boolean valid, Gate.Outcome... gates) {
    LoadResult result = SampleLoad.result(valid, List.of(gates));
    return LoadVerdict.of(result);
  }

  @Test
  void whatHoldsIsNothingToComplainOf() {
    assertTrue(verdict(true).isEmpty());
    assertTrue(verdict(true, outcome(FAST, true), outcome(WELL, true)).isEmpty());
  }

  @Test
  void everyMissedObjectiveIsNamed() {
    MlopsException missed = verdict(true, outcome(FAST, false), outcome(WELL, false)).orElseThrow();

    assertEquals(ExitCode.GATE, missed.exitCode());
    assertTrue(missed.problem().message().endsWith("p95<200ms, errors<1%"), missed.getMessage());
  }

  @Test
  void whatIsNotValidCannotPassAGateNorMissOne() {
    for (boolean passed : new boolean[] {true, false}) {
      MlopsException invalid = verdict(false, outcome(FAST, passed)).orElseThrow();

      assertEquals(ExitCode.INVALID, invalid.exitCode());
      assertTrue(invalid.problem().message().contains("too busy"), invalid.getMessage());
    }
  }
}

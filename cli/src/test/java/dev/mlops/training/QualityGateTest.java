package dev.mlops.training;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.config.Gate;
import dev.mlops.problem.ExitCode;
import dev.mlops.problem.MlopsException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class QualityGateTest {
  private static final QualityGate ACCURATE =
      new QualityGate(
          new Gate(
              Optional.of(0.9),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty()));
  private static final QualityGate CLOSE =
      new QualityGate(
          new Gate(
              Optional.empty(),
              Optional.empty(),
              Optional.of(0.5),
              Optional.of(2.0),
              Optional.empty()));

  @Test
  void theBoundItselfPasses() {
    assertDoesNotThrow(() -> ACCURATE.check(Map.of("accuracy", 0.9)));
    assertEquals(List.of(), CLOSE.misses(Map.of("r2", 0.5, "rmse", 2.0)));
  }

  @Test
  void everyBoundThatIsMissedIsNamedWithItsValue() {
    assertEquals(
        List.of("r2 is -0.2500, not r2 ≥ 0.5", "rmse is 2.001, not rmse ≤ 2.0"),
        CLOSE.misses(Map.of("r2", -0.25, "rmse", 2.001)));
  }

  @Test
  void aFigureThatIsNotThereOrNotANumberMisses() {
    assertEquals(
        List.of("accuracy ≥ 0.9 is asked for, but not measured for this model"),
        ACCURATE.misses(Map.of("rmse", 1.0)));
    assertEquals(
        List.of("accuracy is NaN, not accuracy ≥ 0.9"),
        ACCURATE.misses(Map.of("accuracy", Double.NaN)));
  }

  @Test
  void aMissEndsTheCommandWithTheGatesExitCode() {
    MlopsException e =
        assertThrows(MlopsException.class, () -> ACCURATE.check(Map.of("accuracy", 0.5)));

    assertEquals(ExitCode.GATE, e.exitCode());
    assertTrue(e.problem().message().contains("accuracy is 0.5"), e.problem().message());
  }
}

package dev.mlops.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.manifest.WorkloadSpec.Resources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class StartBudgetTest {
  private static final WorkloadSpec TEMPLATE =
      WorkloadSpec.from(Manifests.load(Path.of("../templates/project/k8s")), "iris");

  @Test
  void aPodThatAsksForATenthOfACoreTakesTwentyTimesAsLong() {
    assertEquals(Duration.ofSeconds(16), needed(resources(OptionalLong.of(100))));
    assertEquals(Duration.ofMillis(3200), needed(resources(OptionalLong.of(500))));
    assertEquals(Duration.ofMillis(1600), needed(resources(OptionalLong.of(4000))));
  }

  @Test
  void aLimitStandsForTheRequestAndNothingForATenth() {
    Resources limited =
        new Resources(
            OptionalLong.empty(), OptionalLong.of(200), OptionalLong.empty(), OptionalLong.empty());
    assertEquals(Duration.ofSeconds(8), needed(limited));
    assertEquals(Duration.ofSeconds(16), needed(resources(OptionalLong.empty())));
  }

  @Test
  void whatInitWritesIsEnoughForAStartOfThreeSeconds() {
    assertEquals(Optional.empty(), new StartBudget(Duration.ofSeconds(3)).warning(TEMPLATE));
  }

  @Test
  void aProbeThatGivesUpTooSoonIsToldWithTheThresholdThatWouldDo() {
    String warning = new StartBudget(Duration.ofSeconds(5)).warning(TEMPLATE).orElseThrow();
    assertTrue(warning.contains("gives up after 60 s"), warning);
    assertTrue(warning.contains("may take 100 s with a CPU request of 100m"), warning);
    assertTrue(warning.endsWith("set its failureThreshold to 100"), warning);
  }

  private static Duration needed(Resources resources) {
    return new StartBudget(Duration.ofMillis(800)).needed(resources);
  }

  private static Resources resources(OptionalLong cpuRequest) {
    return new Resources(
        cpuRequest, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
  }
}

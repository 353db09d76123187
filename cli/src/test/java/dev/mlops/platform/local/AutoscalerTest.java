package dev.mlops.platform.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mlops.manifest.WorkloadSpec.Autoscaling;
import dev.mlops.manifest.WorkloadSpec.Goals;
import dev.mlops.platform.local.Autoscaler.Reading;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutoscalerTest {
  @ParameterizedTest
  @CsvSource({
    "2, 120, 4", // twice the target
    "2, 65, 2", // within a tenth
    "2, 66.1, 3", // just beyond
    "3, 10, 2", // the minimum
    "2, 5000, 6", // at most four more, or twice as many, in one step
    "6, 5000, 10", // the maximum
  })
  void followsTheRatioOfUseToTarget(int current, double percent, int expected) {
    var autoscaler = new Autoscaler(rules(2, 10, 0, 0));
    assertEquals(expected, next(autoscaler, current, current, percent, 100));
  }

  @Test
  void scalesInOnlyWhenTheWholeWindowAskedForIt() {
    var autoscaler = new Autoscaler(rules(1, 10, 0, 300));
    assertEquals(4, next(autoscaler, 4, 4, 60, 0));
    assertEquals(4, next(autoscaler, 4, 4, 15, 100));
    assertEquals(4, next(autoscaler, 4, 4, 30, 299));
    assertEquals(2, next(autoscaler, 4, 4, 15, 301));
    assertEquals(1, next(autoscaler, 2, 2, 15, 700));
  }

  @Test
  void scalesOutOnlyWhenTheWholeWindowAskedForIt() {
    var autoscaler = new Autoscaler(rules(1, 10, 30, 0));
    assertEquals(2, next(autoscaler, 2, 2, 60, 0));
    assertEquals(2, next(autoscaler, 2, 2, 180, 10));
    assertEquals(2, next(autoscaler, 2, 2, 180, 29));
    assertEquals(4, next(autoscaler, 2, 2, 120, 31));
  }

  @Test
  void countsTheUnmeasuredAsIdleOnTheWayUpAndAsBusyOnTheWayDown() {
    var autoscaler = new Autoscaler(rules(1, 10, 0, 0));
    assertEquals(4, next(autoscaler, 4, 2, 120, 0)); // would be four by the two that are busy
    assertEquals(6, next(autoscaler, 4, 2, 180, 10));
    assertEquals(2, next(autoscaler, 4, 2, 0, 20));
  }

  @Test
  void movesACountThatIsOutOfItsBounds() {
    var autoscaler = new Autoscaler(rules(2, 3, 0, 0));
    assertEquals(3, next(autoscaler, 5, 5, 60, 0));
    assertEquals(2, next(autoscaler, 1, 1, 60, 10));
  }

  @Test
  void ofSeveralGoalsTheOneThatAsksForMostCounts() {
    var autoscaler = new Autoscaler(rules(1, 10, 0, 0));
    assertEquals(4, autoscaler.next(2, List.of(new Reading(2, 2), new Reading(0.1, 2)), 0));
    assertEquals(4, autoscaler.next(4, List.of(new Reading(1, 4), new Reading(0.1, 4)), 10));
    assertEquals(2, autoscaler.next(4, List.of(new Reading(0.5, 4), new Reading(0.1, 4)), 20));
  }

  private static int next(
      Autoscaler autoscaler, int current, int measured, double percent, long second) {
    return autoscaler.next(current, List.of(new Reading(percent / 60, measured)), second);
  }

  private static Autoscaling rules(int min, int max, int upWindow, int downWindow) {
    return new Autoscaling(
        min, max, new Goals(OptionalInt.of(60), OptionalDouble.empty()), upWindow, downWindow);
  }
}

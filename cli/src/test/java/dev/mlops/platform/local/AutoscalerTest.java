package dev.mlops.platform.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mlops.manifest.WorkloadSpec.Autoscaling;
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
    var autoscaler = new Autoscaler(new Autoscaling(2, 10, 60, 0, 0));
    assertEquals(expected, autoscaler.next(current, current, percent, 100));
  }

  @Test
  void scalesInOnlyWhenTheWholeWindowAskedForIt() {
    var autoscaler = new Autoscaler(new Autoscaling(1, 10, 60, 0, 300));
    assertEquals(4, autoscaler.next(4, 4, 60, 0));
    assertEquals(4, autoscaler.next(4, 4, 15, 100));
    assertEquals(4, autoscaler.next(4, 4, 30, 299));
    assertEquals(2, autoscaler.next(4, 4, 15, 301));
    assertEquals(1, autoscaler.next(2, 2, 15, 700));
  }

  @Test
  void scalesOutOnlyWhenTheWholeWindowAskedForIt() {
    var autoscaler = new Autoscaler(new Autoscaling(1, 10, 60, 30, 0));
    assertEquals(2, autoscaler.next(2, 2, 60, 0));
    assertEquals(2, autoscaler.next(2, 2, 180, 10));
    assertEquals(2, autoscaler.next(2, 2, 180, 29));
    assertEquals(4, autoscaler.next(2, 2, 120, 31));
  }

  @Test
  void countsTheUnmeasuredAsIdleOnTheWayUpAndAsBusyOnTheWayDown() {
    var autoscaler = new Autoscaler(new Autoscaling(1, 10, 60, 0, 0));
    assertEquals(4, autoscaler.next(4, 2, 120, 0)); // would be four by the two that are busy
    assertEquals(6, autoscaler.next(4, 2, 180, 10));
    assertEquals(2, autoscaler.next(4, 2, 0, 20));
  }

  @Test
  void movesACountThatIsOutOfItsBounds() {
    var autoscaler = new Autoscaler(new Autoscaling(2, 3, 60, 0, 0));
    assertEquals(3, autoscaler.next(5, 5, 60, 0));
    assertEquals(2, autoscaler.next(1, 1, 60, 10));
  }
}

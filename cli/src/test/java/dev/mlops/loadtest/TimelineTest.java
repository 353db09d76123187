package dev.mlops.loadtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a test's seconds end. */
final class TimelineTest {
  private static final long MILLI = 1_000_000;

  @Test
  void theLastLookTakesInWhatComesAfterTheEnd() {
    Schedule schedule = new Schedule(new PlanFor().rate("5").warmUp(2_000).millis(3_200).plan(), 0);
    assertEquals(1_000 * MILLI, schedule.lookAfter(0));
    assertEquals(4_000 * MILLI, schedule.lookAfter(3_000 * MILLI));
    assertEquals(5_700 * MILLI, schedule.lookAfter(4_000 * MILLI), "0.2 s before the end at 5.2 s");
    assertEquals(6_700 * MILLI, schedule.lookAfter(5_700 * MILLI), "answers are still awaited");
  }

  @Test
  void aTestThatIsStoppedDoesNotEndWithARateByChance() {
    Timeline timeline =
        Timeline.of(List.of(second(1, Phase.MEASURED), second(2, Phase.MEASURED), stopped(2.004)));
    assertEquals(2, timeline.slices().size());
    assertEquals(2, timeline.end());
    assertEquals(1, Timeline.of(List.of(stopped(0.004))).slices().size(), "there is nothing else");
  }

  @Test
  void whereAnswersAreAwaitedIsKnown() {
    Timeline timeline =
        Timeline.of(
            List.of(second(1, Phase.MEASURED), second(2, Phase.DRAIN), second(3, Phase.DRAIN)));
    assertEquals(1, timeline.drainsFrom());
    assertEquals(1, Timeline.of(List.of(second(1, Phase.MEASURED))).drainsFrom(), "its end");
  }

  @Test
  void connectionsOfARateAreNotCalledUsers() {
    List<Snapshot> seconds = List.of(second(1, Phase.MEASURED));
    String open = crowd(new PlanFor().rate("5").plan(), seconds);
    assertTrue(open.contains("in use at once"), open);
    assertFalse(open.contains("users"), open);
    assertTrue(crowd(new PlanFor().plan(), seconds).contains("users"));
  }

  private static String crowd(LoadPlan plan, List<Snapshot> seconds) {
    return new ReportCharts(plan, Timeline.of(seconds)).crowd();
  }

  private static Snapshot stopped(double second) {
    return second(second, Phase.MEASURED);
  }

  private static Snapshot second(double second, Phase phase) {
    return new Snapshot(
        second,
        phase,
        10,
        10,
        100,
        0,
        100,
        Optional.empty(),
        new Snapshot.SelfLoad(5, 0.1, 0, 0, 50, 0),
        Optional.empty());
  }
}

package dev.mlops.loadtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Levels over time, and the moments that follow from them. */
final class ProfileTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void aLevelStaysRisesAndFalls() {
    Profile profile = Profile.parse("100/30s, 100..500/1m, 2000/10s");
    assertEquals(Duration.ofSeconds(100), profile.ownTime().orElseThrow());
    assertEquals(100, profile.at(-1));
    assertEquals(100, profile.at(29));
    assertEquals(300, profile.at(60), 1e-9);
    assertEquals(2_000, profile.at(95));
    assertEquals(2_000, profile.at(1_000), "after its end it stays");
    assertEquals("100/30s, 100..500/1m, 2000/10s", profile.toString());
    assertEquals(2_000, profile.highest());
  }

  @Test
  void stagesWithoutATimeShareTheDuration() {
    Profile steps = Profile.parse("10, 20, 0.5..1.5").over(Duration.ofSeconds(30));
    assertEquals(10, steps.at(9.9));
    assertEquals(20, steps.at(10.1));
    assertEquals(1, steps.at(25), 1e-9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "a", "1..", "..2", "-1", "1/30s, 2", "1/0s", "1/1", "2000000"})
  void whatIsNoLevelIsSaid(String text) {
    assertThrows(IllegalArgumentException.class, () -> Profile.parse(text));
  }

  @Test
  void aConstantRateIsEvenlySpaced() {
    assertEquals(
        List.of(0L, SECOND / 4, SECOND / 2, 3 * SECOND / 4), moments("4", Duration.ofSeconds(1)));
  }

  @Test
  void theMomentsOfARampAreWhereItsSumIsWhole() {
    // From 0 to 10/s in 2 s: 2.5·t² requests until t, 10 in all; the n-th at sqrt(n / 2.5).
    List<Long> moments = moments("0..10", Duration.ofSeconds(2));
    assertEquals(10, moments.size());
    for (int n = 0; n < 10; n++) {
      assertEquals(Math.sqrt(n / 2.5), moments.get(n) / 1e9, 1e-6, "request " + n);
    }
  }

  @Test
  void manyLoopsTogetherSendWhatOneWould() {
    LoadPlan plan = plan("100..300", Duration.ofSeconds(5));
    List<Long> alone = moments(plan, new Share(0, 1));
    List<Long> together = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      together.addAll(moments(plan, new Share(i, 3)));
    }
    together.sort(null);
    assertEquals(1_000, alone.size());
    assertEquals(alone, together);
  }

  @Test
  void aRateThatIsChangedCountsFromThere() {
    LoadPlan plan = plan("1", Duration.ofSeconds(60));
    long start = System.nanoTime();
    Schedule schedule = new Schedule(plan, start);
    Level level = Level.of(plan, schedule);
    Arrivals arrivals = arrivals(plan, level, start, new Share(0, 1));
    arrivals.take();
    assertEquals(SECOND, arrivals.next() - start);
    level.set(1_000);
    long first = arrivals.next();
    arrivals.take();
    assertTrue(first - start < SECOND);
    assertEquals(1_000_000, arrivals.next() - first);
    level.set(0);
    assertEquals(WaitQueue.NEVER, arrivals.next());
  }

  @Test
  void sharesAddUp() {
    for (int all = 0; all < 20; all++) {
      int sum = 0;
      for (int worker = 0; worker < 2; worker++) {
        for (int loop = 0; loop < 3; loop++) {
          sum += new Share(worker, 2).split(loop, 3).countOf(all);
        }
      }
      assertEquals(all, sum);
    }
  }

  private static List<Long> moments(String rate, Duration duration) {
    return moments(plan(rate, duration), new Share(0, 1));
  }

  private static List<Long> moments(LoadPlan plan, Share share) {
    Schedule schedule = new Schedule(plan, 0);
    Arrivals arrivals = arrivals(plan, Level.of(plan, schedule), 0, share);
    List<Long> moments = new ArrayList<>();
    for (; arrivals.next() != WaitQueue.NEVER; arrivals.take()) {
      moments.add(arrivals.next());
    }
    return moments;
  }

  private static Arrivals arrivals(LoadPlan plan, Level level, long start, Share share) {
    Profile rate = ((Load.Open) plan.load()).rate().over(plan.timing().duration());
    return new RateArrivals(rate, plan.timing().warmUp(), start, level, share);
  }

  private static LoadPlan plan(String rate, Duration duration) {
    return new PlanFor(URI.create("http://127.0.0.1:1"))
        .rate(rate)
        .millis(duration.toMillis())
        .plan();
  }
}

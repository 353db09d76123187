package dev.mlops.loadtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Gates by task and by window, and comparisons. */
final class ObjectivesTest {
  private static final List<String> TASKS = List.of("fast", "slow");
  private final Interval[] sums = {new Interval(), new Interval()};

  @Test
  void aGateIsAboutItsTaskAlone() {
    Outcomes outcomes = outcomes("fast:p95<10ms", "slow:p95<10ms", "p50<10ms");
    add(outcomes, 0, 5, 50);
    List<Gate.Outcome> judged = outcomes.judge(all(1));
    assertTrue(judged.get(0).passed());
    assertFalse(judged.get(1).passed());
    assertTrue(judged.get(2).passed(), "half of all are fast");
  }

  @Test
  void oneBadWindowFailsTheGateThatTheWholePasses() {
    Outcomes outcomes = outcomes("p95<20ms", "p95<20ms each 2s", "rps>50 each 2s");
    for (int second = 0; second < 40; second++) {
      add(outcomes, second, second == 7 ? 100 : 5, 5);
    }
    List<Gate.Outcome> judged = outcomes.judge(all(40));
    assertTrue(judged.get(0).passed(), "half a second of 40");
    assertFalse(judged.get(1).passed());
    assertEquals(100, judged.get(1).value().orElseThrow(), 0.1, "the worst window");
    assertTrue(judged.get(2).passed());
    assertEquals(200, judged.get(2).value().orElseThrow(), 1e-6);
  }

  @Test
  void aRestThatIsShorterThanHalfAWindowIsNoWindow() {
    Outcomes outcomes = outcomes("p95<20ms each 10s");
    for (int second = 0; second < 14; second++) {
      add(outcomes, second, second < 10 ? 5 : 100, 5);
    }
    assertTrue(outcomes.judge(all(14)).getFirst().passed());
  }

  @Test
  void aBreachNeedsEnoughToGoBy() {
    Outcomes outcomes =
        new Outcomes(new LoadPlan.Goals(List.of(), List.of(Gate.parse("p95<10ms"))), TASKS);
    sums[0].latency().recordValueWithCount(50_000_000, 60);
    assertEquals(Optional.empty(), outcomes.breach(all(1)));
    sums[1].latency().recordValueWithCount(50_000_000, 60);
    assertEquals(Optional.of(Gate.parse("p95<10ms")), outcomes.breach(all(1)));
  }

  @Test
  void aDifferenceThatChanceExplainsIsNone() {
    List<Change> same = Baseline.of(seconds(10, 1)).compare(timeline(10, 2));
    assertTrue(
        same.stream().allMatch(change -> change.verdict() == Change.Verdict.WITHIN_NOISE),
        same.toString());
  }

  @Test
  void aRealDifferenceIsOne() {
    List<Change> slower = Baseline.of(seconds(10, 1)).compare(timeline(12, 2));
    Change p95 = slower.get(2);
    assertEquals(Change.Verdict.WORSE, p95.verdict());
    assertTrue(p95.low() > 1 && p95.low() < 1.2 && p95.high() > 1.2, p95.toString());
    assertEquals(
        Change.Verdict.BETTER,
        Baseline.of(seconds(12, 1)).compare(timeline(10, 2)).get(2).verdict());
    assertEquals(Change.Verdict.WORSE, Change.Verdict.of(0.8, 0.9, false), "less throughput");
  }

  private static List<Baseline.Second> seconds(double millis, long seed) {
    return timeline(millis, seed).stream()
        .map(second -> Baseline.Second.of(second).orElseThrow())
        .toList();
  }

  private static List<Snapshot> timeline(double millis, long seed) {
    Random random = new Random(seed);
    List<Snapshot> seconds = new ArrayList<>();
    for (int i = 1; i <= 30; i++) {
      double noise = 1 + 0.1 * random.nextGaussian();
      double value = millis * noise;
      Percentiles latency =
          new Percentiles(100, value, value, value, value, value, value, value, value);
      seconds.add(
          new Snapshot(
              i,
              Phase.MEASURED,
              1,
              1,
              100,
              0,
              100,
              Optional.of(latency),
              new Snapshot.SelfLoad(1, 0, 0, 0, 1, 0),
              Optional.empty()));
    }
    return seconds;
  }

  private static Outcomes outcomes(String... gates) {
    return new Outcomes(
        new LoadPlan.Goals(List.of(gates).stream().map(Gate::parse).toList(), List.of()), TASKS);
  }

  /** A second with 100 requests of each task. */
  private void add(Outcomes outcomes, int second, long fastMillis, long slowMillis) {
    List<Interval> now = List.of(new Interval(), new Interval());
    now.get(0).latency().recordValueWithCount(fastMillis * 1_000_000, 100);
    now.get(1).latency().recordValueWithCount(slowMillis * 1_000_000, 100);
    sums[0].add(now.get(0));
    sums[1].add(now.get(1));
    outcomes.add(new Measurement(TASKS, now, 1), second);
  }

  private Measurement all(double seconds) {
    return new Measurement(TASKS, List.of(sums), seconds);
  }
}

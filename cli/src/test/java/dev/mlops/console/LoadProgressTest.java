package dev.mlops.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.loadtest.LoadPlan;
import dev.mlops.loadtest.Percentiles;
import dev.mlops.loadtest.Phase;
import dev.mlops.loadtest.PlanFor;
import dev.mlops.loadtest.ReplicaSampler;
import dev.mlops.loadtest.Snapshot;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A load test as a terminal shows it, or a log. */
final class LoadProgressTest {
  private static final LoadPlan PLAN = new PlanFor(URI.create("http://127.0.0.1:1")).plan();
  private final List<String> lines = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(ints = {80, 120})
  void theNewestSecondIsSeenHoweverLongTheTest(int width) {
    LoadProgress progress = new LoadProgress(new Style(false, true), true, width, lines::add);
    String panel = "";
    for (int second = 1; second <= 60; second++) {
      panel = progress.show(second(second, second == 60 ? 8_000 : 1_000), PLAN);
    }
    for (String line : panel.lines().toList()) {
      assertTrue(line.length() < width, line.length() + " columns: " + line);
    }
    String rate = panel.lines().filter(line -> line.contains("rate")).findFirst().orElseThrow();
    assertTrue(rate.endsWith("▂█"), rate);
    assertTrue(panel.contains("2 of 3 ready, CPU 70 %"), panel);
    assertEquals(List.of(), lines);
  }

  @Test
  void aNarrowTerminalShowsAllOfIt() {
    LoadProgress progress = new LoadProgress(new Style(false, true), true, 40, lines::add);
    Percentiles usual = new Percentiles(1_000, 1, 2, 9.876, 20, 45.67, 456.78, 900, 1_000);
    String panel = progress.show(second(7, 1_000, usual), PLAN);
    for (String line : panel.lines().toList()) {
      assertTrue(line.stripTrailing().length() < 40, line.length() + " columns: " + line);
    }
    assertTrue(panel.startsWith("\n measured, 1 of 1 s, 10 users"), panel);
    assertTrue(panel.contains("p50 9.88 p95 45.7 p99 457 ms"), panel);
  }

  @Test
  void elsewhereThereIsALineEveryFiveSeconds() {
    LoadProgress progress = new LoadProgress(new Style(false, false), false, 80, lines::add);
    for (int second = 1; second <= 10; second++) {
      progress.show(second(second, 1_000), PLAN);
    }
    assertEquals(2, lines.size(), lines.toString());
    assertTrue(lines.getFirst().contains("1,000 requests/s"), lines.toString());
  }

  private static Snapshot second(int second, double rate) {
    return second(
        second, rate, new Percentiles(1_000, 1, 2, 1_234.5, 2, 12_345.67, 23_456.78, 3, 4));
  }

  private static Snapshot second(int second, double rate, Percentiles latency) {
    return new Snapshot(
        second,
        Phase.MEASURED,
        10,
        10,
        1_000,
        0,
        rate,
        Optional.of(latency),
        new Snapshot.SelfLoad(10, 0.1, 0, 0, 50, 0.01),
        Optional.of(new ReplicaSampler.Sample(3, 2, Optional.of(70))));
  }
}

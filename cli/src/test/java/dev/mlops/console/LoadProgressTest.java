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
  void elsewhereThereIsALineEveryFiveSeconds() {
    LoadProgress progress = new LoadProgress(new Style(false, false), false, 80, lines::add);
    for (int second = 1; second <= 10; second++) {
      progress.show(second(second, 1_000), PLAN);
    }
    assertEquals(2, lines.size(), lines.toString());
    assertTrue(lines.getFirst().contains("1,000 requests/s"), lines.toString());
  }

  private static Snapshot second(int second, double rate) {
    return new Snapshot(
        second,
        Phase.MEASURED,
        10,
        10,
        1_000,
        0,
        rate,
        Optional.of(new Percentiles(1_000, 1, 2, 1_234.5, 2, 12_345.67, 23_456.78, 3, 4)),
        new Snapshot.SelfLoad(10, 0.1, 0, 0, 50, 0.01),
        Optional.of(new ReplicaSampler.Sample(3, 2, Optional.of(70))));
  }
}

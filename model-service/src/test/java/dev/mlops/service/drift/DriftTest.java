package dev.mlops.service.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Expected figures by numpy: psi = sum((a-e)*log(a/e)), ks = max|cumsum(a-e)|. */
final class DriftTest {
  private static final double EXACT = 1e-12;

  @Test
  void isNothingBetweenEqualShares() {
    Drift drift = Drift.between(List.of(10L, 20L, 30L), List.of(1L, 2L, 3L), true);
    assertEquals(0, drift.psi(), EXACT);
    assertEquals(0, drift.ks(), EXACT);
  }

  @Test
  void isTheFieldsFigures() {
    Drift drift = Drift.between(List.of(25L, 25L, 25L, 25L), List.of(10L, 20L, 30L, 40L), true);
    assertEquals(0.22822, drift.psi(), 1e-5);
    assertEquals(0.2, drift.ks(), EXACT);
  }

  @Test
  void takesWordsInTheOrderThatTellsMost() {
    List<Long> trained = List.of(25L, 25L, 25L, 25L);
    List<Long> seen = List.of(40L, 10L, 40L, 10L);
    assertEquals(0.15, Drift.between(trained, seen, true).ks(), EXACT);
    assertEquals(0.3, Drift.between(trained, seen, false).ks(), EXACT);
  }

  @Test
  void isFiniteWhereABinIsEmpty() {
    Drift drift = Drift.between(List.of(0L, 100L), List.of(100L, 0L), true);
    assertTrue(Double.isFinite(drift.psi()));
    assertTrue(drift.psi() > 10);
    assertEquals(1, drift.ks(), EXACT);
  }
}

package dev.mlops.loadtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GateTest {
  /** 1 ms to 1,000 ms, one each; 10 errors; 10 s. */
  private static Measured thousand() {
    Histogram latency = Times.histogram();
    for (int millis = 1; millis <= 1_000; millis++) {
      latency.recordValue(millis * 1_000_000L);
    }
    return new Measured(latency, 1_010, 10, 10);
  }

  @ParameterizedTest
  @CsvSource({
    "p50<501ms, 500, true",
    "p50<499ms, 500, false",
    "p95<0.951s, 950, true",
    "P99 <= 991 ms, 990, true",
    "p99.9<1000ms, 999, true",
    "p999<1000ms, 999, true",
    "p100<=1001ms, 1000, true",
    "mean<501ms, 500.5, true",
    "max<1002000us, 1000, true",
    "errors<1%, 0.990099, true",
    "errors<=0%, 0.990099, false",
    "rps>99, 100, true",
    "rps>=100/s, 100, true",
    "rps>100, 100, false"
  })
  void judges(String expression, double value, boolean passed) {
    Gate.Outcome outcome = Gate.parse(expression).judge(thousand());
    assertEquals(value, outcome.value().orElseThrow(), value * 0.001, "three digits");
    assertEquals(passed, outcome.passed());
  }

  @Test
  void nothingMeasuredPassesNothing() {
    Measured nothing = new Measured(Times.histogram(), 0, 0, 10);
    for (String gate : new String[] {"p95<200ms", "errors<1%", "rps>0", "max<1s"}) {
      assertFalse(Gate.parse(gate).judge(nothing).passed(), gate);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "p95",
        "p95<",
        "p95=200ms",
        "p95<200",
        "p95<200%",
        "p0x<1ms",
        "p101<1ms",
        "q95<1ms",
        "errors<1ms",
        "errors<1",
        "rps>10ms",
        "latency<1ms",
        "p95<-1ms",
        "p95<200ms;rps>1"
      })
  void refusesWhatItCantJudge(String expression) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Gate.parse(expression));
    assertTrue(e.getMessage().length() > 20, e.getMessage());
  }
}

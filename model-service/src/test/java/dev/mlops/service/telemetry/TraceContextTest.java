package dev.mlops.service.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TraceContextTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";
  private static final String IDS = TRACE + "-" + SPAN;

  @Test
  void readsTheIdsAndTheFlag() {
    assertEquals(
        Optional.of(new TraceContext(TRACE, SPAN, true)), TraceContext.parse("00-" + IDS + "-01"));
    assertFalse(TraceContext.parse("00-" + IDS + "-00").orElseThrow().sampled());
    assertTrue(TraceContext.parse("00-" + IDS + "-ff").orElseThrow().sampled());
    assertTrue(TraceContext.parse("cc-" + IDS + "-01-what the future brings").isPresent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00-" + IDS,
        "00-" + IDS + "-1",
        "00-" + IDS + "-01-more",
        "cc-" + IDS + "-01more",
        "ff-" + IDS + "-01",
        "0-" + IDS + "-001",
        "00_" + IDS + "-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + SPAN + "-01",
        "00-00000000000000000000000000000000-" + SPAN + "-01",
        "00-" + TRACE + "-0000000000000000-01",
        "00-" + TRACE + "-00f067aa0ba902bg-01"
      })
  void refusesWhatBreaksTheGrammar(String header) {
    assertEquals(Optional.empty(), TraceContext.parse(header));
  }

  @Test
  void makesWhatItWouldRead() {
    TraceContext made = TraceContext.make(new SplittableRandom(1), true);
    assertEquals(
        Optional.of(made),
        TraceContext.parse("00-" + made.traceId() + "-" + made.spanId() + "-01"));
  }
}

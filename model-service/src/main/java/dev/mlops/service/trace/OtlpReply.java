package dev.mlops.service.trace;

import java.time.Duration;
import java.util.Optional;

/** What came of an export. */
sealed interface OtlpReply {
  /**
   * The collector has the spans.
   *
   * @param but what it says it has left out
   */
  record Taken(PartialSuccess but) implements OtlpReply {}

  /**
   * The same spans may be taken another time.
   *
   * @param after how long the collector asks to be left alone, if it does
   */
  record NotNow(String why, Optional<Duration> after) implements OtlpReply {}

  /** The same spans would never be taken. */
  record Never(String why) implements OtlpReply {}
}

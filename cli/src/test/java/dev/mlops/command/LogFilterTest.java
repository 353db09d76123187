package dev.mlops.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class LogFilterTest {
  private static final String INFO =
      "{\"severity\":\"INFO\",\"message\":\"a\",\"trace_id\":\"77\"}";
  private static final String WARN = "{\"level\":\"warn\",\"message\":\"b\"}";
  private static final String FATAL = "{\"levelname\":\"CRITICAL\",\"trace\":\"projects/x/77\"}";
  private static final String STACK = "\tat dev.mlops.Main.run";
  private static final String BROKEN = "{\"severity\":";
  private static final String UNKNOWN = "{\"severity\":\"LOUD\"}";

  private static List<String> wanted(Optional<String> trace, Optional<LogFilter.Level> level) {
    return Stream.of(INFO, WARN, FATAL, STACK, BROKEN, UNKNOWN)
        .filter(new LogFilter(trace, level))
        .toList();
  }

  @Test
  void withoutAWishEveryLineIsWanted() {
    assertEquals(6, wanted(Optional.empty(), Optional.empty()).size());
  }

  @Test
  void aLevelIsTheLeastSerious() {
    assertEquals(
        List.of(WARN, FATAL, STACK, BROKEN, UNKNOWN),
        wanted(Optional.empty(), Optional.of(LogFilter.Level.warning)));
    assertEquals(
        List.of(FATAL, STACK, BROKEN, UNKNOWN),
        wanted(Optional.empty(), Optional.of(LogFilter.Level.error)));
    assertEquals(6, wanted(Optional.empty(), Optional.of(LogFilter.Level.debug)).size());
  }

  @Test
  void aTraceIsFoundWhereverItStands() {
    assertEquals(List.of(INFO, FATAL), wanted(Optional.of("77"), Optional.empty()));
    assertEquals(List.of(FATAL), wanted(Optional.of("77"), Optional.of(LogFilter.Level.warning)));
  }
}

package dev.mlops.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

final class LogLinesTest {
  private static final String REQUEST =
      "{\"timestamp\":\"2026-11-23T12:30:42.201209566Z\",\"severity\":\"WARNING\","
          + "\"message\":\"POST /predict 400\",\"trace_id\":\"4a3467a43c981cd143e5b03cd4b7ee75\",\"status\":400,"
          + "\"duration_ms\":0.029146,\"error\":\"wrong_row\"}";

  private static String plain(String text) {
    return text.replaceAll("\u001b\\[\\d+m", "");
  }

  @Test
  void offATerminalEveryLineStaysAsItWasWritten() {
    var lines = new LogLines(new Style(false, false));
    assertEquals("one " + REQUEST, lines.line("one", REQUEST));
  }

  @Test
  void onATerminalJsonIsToldByItsParts() {
    var lines = new LogLines(new Style(true, true));
    assertEquals(
        "one 12:30:42.201 WARNING POST /predict 400 wrong_row 0.03 ms 4a3467a43c981cd1",
        plain(lines.line("one", REQUEST)));
    for (String other : new String[] {"listening", "{\"a\":1}", "{\"a\":", ""}) {
      assertEquals("one " + other, plain(lines.line("one", other)));
    }
  }

  @Test
  void eachReplicaKeepsAColourOfItsOwn() {
    var lines = new LogLines(new Style(true, true));
    String one = lines.line("one", "x").replace("one", "");
    assertNotEquals(one, lines.line("two", "x").replace("two", ""));
    assertEquals(one, lines.line("one", "x").replace("one", ""));
  }
}

package dev.mlops.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class StyleTest {
  private static final Map<String, String> XTERM = Map.of("TERM", "xterm-256color");

  @Test
  void colourNeedsATerminalThatKnowsIt() {
    assertEquals("\u001b[31mx\u001b[0m", Style.of(true, Colour.auto, XTERM).bad("x"));
    assertEquals("x", Style.of(false, Colour.auto, XTERM).bad("x"));
    assertEquals("x", Style.of(true, Colour.auto, Map.of("TERM", "dumb")).bad("x"));
    assertEquals("x", Style.of(true, Colour.auto, Map.of()).bad("x"));
    assertEquals("", Style.of(true, Colour.auto, XTERM).bad(""));
  }

  @Test
  void noColorCountsIfItHoldsAnything() {
    assertEquals(
        "x", Style.of(true, Colour.auto, Map.of("TERM", "xterm", "NO_COLOR", "0")).good("x"));
    assertEquals(
        "\u001b[32mx\u001b[0m",
        Style.of(true, Colour.auto, Map.of("TERM", "xterm", "NO_COLOR", "")).good("x"));
  }

  @Test
  void theCommandLineGoesBeforeTheVariable() {
    Map<String, String> plain = Map.of("TERM", "xterm", "NO_COLOR", "1");
    assertEquals("\u001b[32mx\u001b[0m", Style.of(false, Colour.always, plain).good("x"));
    assertEquals("x", Style.of(true, Colour.never, XTERM).good("x"));
  }

  @Test
  void symbolsOutsideAsciiNeedALocaleThatHasThem() {
    assertEquals("✓", symbol(Map.of("LANG", "C.UTF-8")));
    assertEquals("✓", symbol(Map.of("LANG", "de_DE.utf8")));
    assertEquals("+", symbol(Map.of("LANG", "C")));
    assertEquals("+", symbol(Map.of()));
    assertEquals("+", symbol(Map.of("LANG", "C.UTF-8", "LC_ALL", "POSIX")), "LC_ALL goes first");
    assertEquals("✓", symbol(Map.of("LANG", "C", "LC_CTYPE", "en_US.UTF-8", "LC_ALL", "")));
  }

  private static String symbol(Map<String, String> environ) {
    return Style.of(true, Colour.auto, environ).symbol(Style.Symbol.DONE);
  }
}

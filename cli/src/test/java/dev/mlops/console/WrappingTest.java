package dev.mlops.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WrappingTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private Text text(int columns, Style style) {
    return new Text(
        new PrintStream(out, true, UTF_8),
        style,
        new Wrapping(() -> columns),
        NextCommands.AS_THEY_ARE);
  }

  private Text text(int columns) {
    return text(columns, new Style(false, false));
  }

  @Test
  void whatDoesNotFitGoesOnBelowTheWordsAndNotBelowTheMark() {
    text(40).line("  ! CPU limits are told to Java but not enforced on this machine.");
    assertEquals(
        """
          ! CPU limits are told to Java but not
            enforced on this machine.
        """,
        out.toString(UTF_8));
  }

  @Test
  void aValueStaysInItsColumnAndWhatIsToBeCopiedStaysWhole() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("why", "No node takes the pod, since all of them are full.");
    facts.put("address", "http://127.0.0.1:8080/a/long/path/that/is/never/broken");
    facts.put("next", "mlops train --set model.algorithm.kind=random-forest");
    text(40).facts(facts, Set.of("next"));
    assertEquals(
        """
          why      No node takes the pod, since
                   all of them are full.
          address  http://127.0.0.1:8080/a/long/path/that/is/never/broken
          next     mlops train --set model.algorithm.kind=random-forest
        """,
        out.toString(UTF_8));
  }

  @Test
  void coloursTakeNoColumnsAndSurviveABreak() {
    Style style = new Style(true, true);
    text(30, style).line(style.bad("a colour that goes on") + " over the end of the line");
    assertEquals(
        "\u001b[31ma colour that goes on\u001b[0m over the\nend of the line\n",
        out.toString(UTF_8));
  }

  @Test
  void aTableThatIsTooWideTakesSeveralLinesForEachRowAndLosesNothing() {
    List<List<String>> rows =
        List.of(
            List.of("replica", "state", "memory", "address"),
            List.of("iris-1", "ready", "66Mi of 256Mi", "http://127.0.0.1:31834"));
    text(50).table(rows);
    assertEquals(
        """
          replica  state  memory
              address
          iris-1   ready  66Mi of 256Mi
              http://127.0.0.1:31834
        """,
        out.toString(UTF_8));
  }

  @Test
  void theTerminalIsAskedOnceAndOnlyIfALineMayBeTooLong() {
    int[] asked = {0};
    var wrapping =
        new Wrapping(() -> {
          asked[0]++;
          return 60;
        });
    wrapping.wrap("short", 0);
    assertEquals(0, asked[0]);
    wrapping.wrap("a line that may be too long for a terminal", 0);
    wrapping.wrap("and another one that may be too long for it", 0);
    assertEquals(1, asked[0]);
  }
}

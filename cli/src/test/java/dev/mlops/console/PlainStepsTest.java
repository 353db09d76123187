package dev.mlops.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mlops.plan.Outcome;
import dev.mlops.plan.RunReport;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainStepsTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void aFailureIsNotBuriedUnderWhatItSkips() {
    show(
        new Outcome.Failed("bad", new IllegalStateException("bad")),
        new Outcome.Skipped("needs: a"),
        new Outcome.Skipped("needs: b"),
        new Outcome.Skipped("needs: b"));
    assertEquals(
        """
         x a    0.0s  failed
         - b    0.0s  skipped: needs: a
         - 2 more skipped
        """,
        out.toString(UTF_8));
  }

  @Test
  void oneSkippedStepHasItsLineAlone() {
    show(
        new Outcome.Failed("bad", new IllegalStateException("bad")),
        new Outcome.Skipped("needs: a"));
    assertEquals(
        """
         x a    0.0s  failed
         - b    0.0s  skipped: needs: a
        """,
        out.toString(UTF_8));
  }

  private void show(Outcome... outcomes) {
    List<String> titles = List.of("a", "b", "c", "d").subList(0, outcomes.length);
    var text = new Text(new PrintStream(out, true, UTF_8), new Style(false, false));
    try (var steps = new PlainSteps(text, titles)) {
      for (int i = 0; i < outcomes.length; i++) {
        steps.ended(i, new RunReport.Entry(titles.get(i), titles.get(i), outcomes[i], 0));
      }
    }
  }
}

package dev.mlops.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.plan.Outcome;
import dev.mlops.plan.RunReport;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The same facts on a terminal and off it. */
final class StepsTest {
  private static final Style PLAIN = new Style(false, false);
  private static final Style RICH = new Style(true, true);
  private static final List<String> TITLES = List.of("Train the model", "Roll out");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(bytes, true, UTF_8);

  private static RunReport.Entry entry(String title, Outcome outcome) {
    return new RunReport.Entry("id", title, outcome, 1_234);
  }

  private String written() {
    return bytes.toString(UTF_8);
  }

  @Test
  void offATerminalEachStepIsALineAsItEnds() {
    try (StepList steps = new PlainSteps(new Text(err, PLAIN), TITLES)) {
      steps.started(0);
      steps.progress(0, "epoch 3 of 50");
      steps.ended(0, entry(TITLES.get(0), new Outcome.Changed("accuracy 0.97")));
      steps.ended(1, entry(TITLES.get(1), new Outcome.Planned("2 replicas\nimage a → b")));
    }

    assertEquals(
        """
         + Train the model    1.2s  accuracy 0.97
         > Roll out           1.2s  2 replicas
             image a → b
        """,
        written());
  }

  @Test
  void offATerminalWhatTakesLongIsSeenToGoOn() {
    try (var steps = new PlainSteps(new Text(err, PLAIN), TITLES)) {
      steps.started(0);
      steps.progress(0, "epoch 3 of 50");
      steps.tell(System.nanoTime());
      assertEquals("", written());

      steps.started(1);
      steps.tell(System.nanoTime() + Duration.ofMinutes(1).toNanos());
      List<String> lines = written().lines().toList();
      assertEquals(2, lines.size(), written());
      assertTrue(
          lines.get(0).matches(" \\. Train the model +\\d+\\.\\ds  epoch 3 of 50"), lines.get(0));
      assertTrue(lines.get(1).startsWith(" . Roll out "), lines.get(1));

      steps.ended(0, entry(TITLES.get(0), new Outcome.Changed("")));
      bytes.reset();
      steps.tell(System.nanoTime() + Duration.ofMinutes(2).toNanos());
      assertEquals(1, written().lines().count(), "what has ended is not told of: " + written());
    }
  }

  @Test
  void everyOutcomeHasAMarkAndAWord() {
    Outcome[] all = {
      new Outcome.Unchanged(""),
      new Outcome.Unchanged("as it was"),
      new Outcome.Skipped("needs: Train"),
      new Outcome.Failed("MLOPS-X: why", new IllegalStateException())
    };
    List<String> lines =
        Arrays.stream(all).map(outcome -> StepLine.of(entry("Do", outcome), 2, PLAIN)).toList();

    assertEquals(
        List.of(
            " = Do    1.2s  unchanged",
            " = Do    1.2s  as it was",
            " - Do    1.2s  skipped: needs: Train",
            " x Do    1.2s  failed"),
        lines);
  }

  @Test
  void aLiveListKeepsItsLastStateOnTheScreen() {
    try (StepList steps = new LiveSteps(err, RICH, new Terminal.Size(24, 80), TITLES)) {
      steps.started(0);
      steps.progress(0, "epoch 3 of 50");
      steps.ended(0, entry(TITLES.get(0), new Outcome.Changed("accuracy 0.97")));
      steps.ended(1, entry(TITLES.get(1), new Outcome.Unchanged("")));
    }

    List<String> screen = lastScreen();
    assertEquals(2, screen.size(), written());
    assertEquals(" ✓ Train the model    1.2s  accuracy 0.97", screen.get(0));
    assertEquals(" · Roll out           1.2s  unchanged", screen.get(1));
  }

  @Test
  void noLineOfALiveListIsAsWideAsTheTerminalAndTheLastStateIsWhole() {
    String wide = "a detail that is much longer than forty columns, with käse";
    try (StepList steps = new LiveSteps(err, RICH, new Terminal.Size(24, 40), TITLES)) {
      steps.started(0);
      steps.progress(0, wide);
      steps.ended(1, entry(TITLES.get(1), new Outcome.Changed(wide + "\n" + wide)));
    }

    List<String> screen = lastScreen();
    screen.forEach(line -> assertTrue(line.length() < 40, line.length() + " columns: " + line));
    String words = String.join(" ", screen).replaceAll("\\s+", " ");
    assertEquals(4, words.split("käse", -1).length, "all three details whole: " + words);
  }

  @Test
  void aRedrawGoesBackAsManyLinesAsWereDrawn() {
    try (StepList steps = new LiveSteps(err, RICH, new Terminal.Size(24, 80), TITLES)) {
      steps.ended(0, entry(TITLES.get(0), new Outcome.Changed("one\ntwo\nthree")));
    }
    String written = written();
    int lines = 0;
    for (String frame : written.split("(?<=\u001b\\[J)", -1)) {
      if (frame.isEmpty()) {
        continue;
      }
      String up = lines == 0 ? "\r" : "\u001b[" + lines + "A";
      assertTrue(frame.startsWith(up), frame);
      lines = (int) frame.chars().filter(c -> c == '\n').count();
    }
    assertFalse(written.contains("\u001b[0A"), "some terminals read 0 as 1");
  }

  @Test
  void aLiveListIsNeverHigherThanTheTerminalUntilItsEnd() {
    List<String> titles = IntStream.range(0, 30).mapToObj(i -> "Step " + i).toList();
    try (StepList steps = new LiveSteps(err, RICH, new Terminal.Size(10, 80), titles)) {
      for (int i = 0; i < 30; i++) {
        steps.started(i);
        steps.ended(i, entry(titles.get(i), new Outcome.Changed("one\ntwo")));
      }
    }
    String[] frames = written().split("(?<=\u001b\\[J)", -1);
    for (int i = 0; i < frames.length - 2; i++) {
      assertTrue(frames[i].chars().filter(c -> c == '\n').count() < 10, frames[i]);
    }
    assertEquals(60, lastScreen().size());
  }

  /** What stands there after the last redraw, without colour. */
  private List<String> lastScreen() {
    String written = written();
    int from = Math.max(0, written.lastIndexOf("A\r\u001b[K"));
    return written
        .substring(from == 0 ? 0 : from + 1)
        .replaceAll("\u001b\\[[0-9]*[mKJA]", "")
        .replace("\r", "")
        .lines()
        .toList();
  }
}

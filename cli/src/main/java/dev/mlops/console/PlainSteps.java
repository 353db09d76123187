package dev.mlops.console;

import dev.mlops.plan.Outcome;
import dev.mlops.plan.RunReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * For logs and pipes: a line for each step as it ends and, as some take many minutes, now and then
 * one for what is under way.
 */
final class PlainSteps implements StepList {
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private record UnderWay(long since, String detail) {}

  private final Text text;
  private final List<String> titles;
  private final int titleWidth;
  private final Map<Integer, UnderWay> underWay = new TreeMap<>();
  private final Thread teller;
  private int skipped;

  PlainSteps(Text text, List<String> titles) {
    this.text = text;
    this.titles = List.copyOf(titles);
    this.titleWidth = titles.stream().mapToInt(String::length).max().orElse(0);
    this.teller = Thread.ofVirtual().start(this::tellUntilClosed);
  }

  @Override
  public synchronized void started(int step) {
    underWay.put(step, new UnderWay(System.nanoTime(), ""));
  }

  @Override
  public synchronized void progress(int step, String detail) {
    underWay.computeIfPresent(step, (_, now) -> new UnderWay(now.since(), detail));
  }

  @Override
  public synchronized void ended(int step, RunReport.Entry entry) {
    underWay.remove(step);
    if (entry.outcome() instanceof Outcome.Skipped && skipped++ > 0) {
      return;
    }
    text.line(StepLine.of(entry, titleWidth, text.style()), StepLine.hang(titleWidth));
  }

  @Override
  public synchronized void close() {
    teller.interrupt();
    if (skipped > 1) {
      text.line(StepLine.moreSkipped(skipped - 1, text.style()));
    }
  }

  private void tellUntilClosed() {
    try {
      while (true) {
        Thread.sleep(SILENCE);
        tell(System.nanoTime());
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  /** What has been under way for that long. */
  synchronized void tell(long nanoTime) {
    underWay.forEach((step, now) -> {
      long nanos = nanoTime - now.since();
      if (nanos >= SILENCE.toNanos()) {
        String title = titles.get(step) + " ".repeat(titleWidth - titles.get(step).length());
        text.line(StepLine.underWay(title, nanos / 1_000_000, now.detail(), text.style()));
      }
    });
  }
}

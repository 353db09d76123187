package dev.mlops.console;

import dev.mlops.plan.Outcome;
import dev.mlops.plan.RunReport;
import java.util.List;

/** A line for each step as it ends, for logs and pipes. */
final class PlainSteps implements StepList {
  private final Text text;
  private final int titleWidth;
  private int skipped;

  PlainSteps(Text text, List<String> titles) {
    this.text = text;
    this.titleWidth = titles.stream().mapToInt(String::length).max().orElse(0);
  }

  @Override
  public void started(int step) {}

  @Override
  public void progress(int step, String detail) {}

  @Override
  public synchronized void ended(int step, RunReport.Entry entry) {
    if (entry.outcome() instanceof Outcome.Skipped && skipped++ > 0) {
      return;
    }
    text.line(StepLine.of(entry, titleWidth, text.style()), StepLine.hang(titleWidth));
  }

  @Override
  public synchronized void close() {
    if (skipped > 1) {
      text.line(StepLine.moreSkipped(skipped - 1, text.style()));
    }
  }
}

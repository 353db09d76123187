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
  private static final Duration LOOK = Duration.ofSeconds(1);

  private record UnderWay(long since, long due, String detail) {
    static UnderWay from(long now) {
      return new UnderWay(now, now + SILENCE.toNanos(), "");
    }

    UnderWay at(String reached) {
      return new UnderWay(since, due, reached);
    }

    UnderWay told(long now) {
      return new UnderWay(since, now + SILENCE.toNanos(), detail);
    }
  }

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
    underWay.put(step, UnderWay.from(System.nanoTime()));
  }

  @Override
  public synchronized void progress(int step, String detail) {
    underWay.computeIfPresent(step, (_, now) -> now.at(detail));
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
        Thread.sleep(LOOK);
        tell(System.nanoTime());
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  /** What has been under way for that long since it was last told of. */
  synchronized void tell(long now) {
    underWay.replaceAll((step, each) -> {
      if (now - each.due() < 0) {
        return each;
      }
      String title = titles.get(step) + " ".repeat(titleWidth - titles.get(step).length());
      long millis = (now - each.since()) / 1_000_000;
      text.line(StepLine.underWay(title, millis, each.detail(), text.style()));
      return each.told(now);
    });
  }
}

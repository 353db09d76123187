package dev.mlops.console;

import dev.mlops.loadtest.Load;
import dev.mlops.loadtest.LoadDisplay;
import dev.mlops.loadtest.LoadPlan;
import dev.mlops.loadtest.Percentiles;
import dev.mlops.loadtest.Snapshot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * A load test while it runs: a few lines that are redrawn on a terminal, a line now and then
 * elsewhere.
 */
final class LoadProgress implements LoadDisplay {
  private static final int SPARKS = 40;
  private static final int NAME_WIDTH = 9;
  private static final int VALUE_WIDTH = 40;
  private static final int NARROW_VALUE_WIDTH = 34;
  private static final int SECONDS_BETWEEN_LINES = 5;
  private static final String BARS = "▁▂▃▄▅▆▇█";
  private static final String INDENT = "\n     ";

  /** Where the step's own line has no room for more than its name. */
  private static final int NARROW = 60;

  private static final String NARROW_INDENT = "\n ";

  private final Style style;
  private final Consumer<String> lines;
  private final boolean live;
  private final int valueWidth;
  private final int sparks;
  private final boolean narrow;
  private final Deque<Snapshot> last = new ArrayDeque<>();

  /**
   * @param live whether what is shown is redrawn in place; otherwise the lines are printed
   * @param width columns of the terminal: the newest bar stands at the right, and has to be seen
   */
  LoadProgress(Style style, boolean live, int width, Consumer<String> lines) {
    int left = width - INDENT.length() - NAME_WIDTH;
    this.valueWidth = left > VALUE_WIDTH + SPARKS ? VALUE_WIDTH : NARROW_VALUE_WIDTH;
    this.sparks = Math.clamp(left - valueWidth, 0, SPARKS);
    this.narrow = width < NARROW;
    this.style = style;
    this.live = live;
    this.lines = lines;
  }

  @Override
  public String show(Snapshot now, LoadPlan plan) {
    last.addLast(now);
    if (last.size() > SPARKS) {
      last.removeFirst();
    }
    if (live) {
      return panel(now, plan);
    }
    if (Math.round(now.second()) % SECONDS_BETWEEN_LINES == 0) {
      lines.accept("   " + line(now, plan));
    }
    return line(now, plan);
  }

  @Override
  public String stopping() {
    String text = LoadDisplay.super.stopping();
    if (!live) {
      lines.accept("   " + text);
    }
    return text;
  }

  /** All of a second that fits into a line of a log. */
  private static String line(Snapshot now, LoadPlan plan) {
    return head(now, plan)
        + String.format(Locale.ROOT, ", %,.0f requests/s", now.rate())
        + now.latency().map(latency -> ", " + percentiles(latency)).orElse("")
        + (now.errors() == 0 ? "" : String.format(Locale.ROOT, ", %,d errors", now.errors()))
        + (now.self().complaint().isEmpty() ? "" : ", " + now.self().complaint());
  }

  private static String head(Snapshot now, LoadPlan plan) {
    return String.format(
        Locale.ROOT,
        "%s, %.0f of %d s, %,d %s",
        now.phase().label(),
        Math.min(now.second(), (double) plan.total().toSeconds()),
        plan.total().toSeconds(),
        now.users(),
        plan.load() instanceof Load.Closed ? "users" : "connections in use");
  }

  private String panel(Snapshot now, LoadPlan plan) {
    List<String> lines = new ArrayList<>();
    lines.add(head(now, plan));
    lines.add(row("rate", String.format(Locale.ROOT, "%,.0f/s", now.rate()), Snapshot::rate));
    lines.add(
        row(
            "latency",
            now.latency().map(LoadProgress::percentiles).orElse("no answer"),
            second -> second.latency().map(Percentiles::p95).orElse(0.0)));
    lines.add(row("errors", errors(now)));
    now.replicas()
        .ifPresent(sample ->
            lines.add(
                row(
                    "replicas",
                    sample.ready()
                        + " of "
                        + sample.desired()
                        + " ready"
                        + sample.cpuPercent().map(cpu -> ", CPU " + cpu + " %").orElse(""))));
    lines.add(row("tester", self(now.self())));
    return narrow ? NARROW_INDENT + String.join(NARROW_INDENT, lines) : String.join(INDENT, lines);
  }

  /** With bars: fewer where the value takes their room. */
  private String row(String name, String value, ToDoubleFunction<Snapshot> bars) {
    int over = Math.max(0, value.length() + 1 - valueWidth);
    return row(name, padded(value, Math.max(valueWidth, value.length() + 1)))
        + sparks(bars, sparks - over);
  }

  private String row(String name, String value) {
    return style.dim(padded(name, NAME_WIDTH)) + value;
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private String errors(Snapshot now) {
    long sum = last.stream().mapToLong(Snapshot::errors).sum();
    String text = String.format(Locale.ROOT, "%,d this second", now.errors());
    return sum == 0 ? style.good("none") : style.bad(text);
  }

  private String self(Snapshot.SelfLoad self) {
    String text =
        String.format(
            Locale.ROOT, "busy %.0f %%, late by %.2f ms", self.busyPercent(), self.lagMillis());
    return self.complaint().isEmpty() ? text : style.bad(self.complaint());
  }

  private static String percentiles(Percentiles latency) {
    return "p50 %s p95 %s p99 %s ms"
        .formatted(digits(latency.p50()), digits(latency.p95()), digits(latency.p99()));
  }

  /** As many as are known. */
  private static String digits(double millis) {
    return String.format(
        Locale.ROOT, millis < 10 ? "%.2f" : millis < 100 ? "%.1f" : "%.0f", millis);
  }

  private String sparks(ToDoubleFunction<Snapshot> value, int most) {
    double highest = last.stream().mapToDouble(value).max().orElse(0);
    if (!style.unicode() || highest <= 0) {
      return "";
    }
    StringBuilder bars = new StringBuilder();
    for (Snapshot second :
        last.stream().skip(Math.max(0, last.size() - Math.max(0, most))).toList()) {
      int bar = (int) Math.round(value.applyAsDouble(second) / highest * (BARS.length() - 1));
      bars.append(BARS.charAt(bar));
    }
    return style.accent(bars.toString());
  }
}

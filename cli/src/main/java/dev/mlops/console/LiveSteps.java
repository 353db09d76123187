package dev.mlops.console;

import dev.mlops.plan.Outcome;
import dev.mlops.plan.RunReport;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** All steps of a run, redrawn in place ten times a second while it goes on. */
final class LiveSteps implements StepList {
  private static final String[] SPINNER = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};
  private static final String[] ASCII_SPINNER = {"|", "/", "-", "\\"};
  private static final int REDRAW_MILLIS = 100;

  private static final class Row {
    final String title;
    String detail = "";
    long startedAt;
    RunReport.Entry ended;

    Row(String title) {
      this.title = title;
    }

    boolean skipped() {
      return ended != null && ended.outcome() instanceof Outcome.Skipped;
    }

    boolean begun() {
      return startedAt != 0 || ended != null;
    }
  }

  private final PrintStream to;
  private final Style style;
  private final Terminal.Size size;
  private final Wrapping wrapping;
  private final int titleWidth;
  private final List<Row> rows = new ArrayList<>();
  private final Thread drawer;
  private int drawn;
  private int frame;
  private boolean closed;

  LiveSteps(PrintStream to, Style style, Terminal.Size size, List<String> titles) {
    this.to = to;
    this.style = style;
    this.size = size;
    this.wrapping = new Wrapping(() -> size.columns() - 1);
    this.titleWidth = titles.stream().mapToInt(String::length).max().orElse(0);
    titles.forEach(title -> rows.add(new Row(title)));
    this.drawer = Thread.ofVirtual().start(this::redrawUntilClosed);
  }

  @Override
  public synchronized void started(int step) {
    rows.get(step).startedAt = System.nanoTime();
  }

  @Override
  public synchronized void progress(int step, String detail) {
    rows.get(step).detail = detail;
  }

  @Override
  public synchronized void ended(int step, RunReport.Entry entry) {
    rows.get(step).ended = entry;
  }

  @Override
  public synchronized void close() {
    drawer.interrupt();
    draw(Integer.MAX_VALUE, line -> wrapping.wrap(line, StepLine.hang(titleWidth)));
    closed = true;
  }

  private void redrawUntilClosed() {
    try {
      while (true) {
        redraw();
        Thread.sleep(REDRAW_MILLIS);
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  private synchronized void redraw() {
    if (!closed) { // What stands below the list by then must not be drawn over.
      draw(size.rows() - 1, line -> Screen.cut(line, size.columns()));
    }
  }

  /**
   * @param most lines at once: those above could not be reached again to be redrawn
   * @param fit makes lines as narrow as the terminal: all that is drawn over have to take one row
   */
  private void draw(int most, UnaryOperator<String> fit) {
    List<String> lines = new ArrayList<>();
    int begun = addRows(lines);
    int end = Math.clamp(Math.max(begun, most), 0, lines.size());
    var screen = new StringBuilder();
    if (drawn > 0) {
      screen.append("\u001b[").append(drawn).append('A');
    }
    List<String> shown = lines.subList(Math.max(0, end - most), end);
    shown.forEach(line -> screen.append("\r\u001b[K").append(fit.apply(line)).append('\n'));
    screen.append("\u001b[J");
    drawn = shown.size();
    frame++;
    to.print(screen);
    to.flush();
  }

  /** Returns how many of the lines there are down to the last step that has begun. */
  private int addRows(List<String> lines) {
    int begun = 0;
    int skipped = 0;
    for (Row row : rows) {
      if (row.skipped() && skipped++ > 0) {
        continue;
      }
      line(row).lines().forEach(lines::add);
      begun = row.begun() ? lines.size() : begun;
    }
    if (skipped > 1) {
      lines.add(StepLine.moreSkipped(skipped - 1, style));
      begun = lines.size();
    }
    return begun;
  }

  private String line(Row row) {
    if (row.ended != null) {
      return StepLine.of(row.ended, titleWidth, style);
    }
    String title = row.title + " ".repeat(titleWidth - row.title.length());
    if (row.startedAt == 0) {
      return style.dim("   " + title);
    }
    String[] frames = style.unicode() ? SPINNER : ASCII_SPINNER;
    String time = StepLine.time((System.nanoTime() - row.startedAt) / 1_000_000);
    String spinner = style.accent(frames[frame % frames.length]);
    return " " + spinner + " " + title + "  " + style.dim(time) + "  " + row.detail;
  }
}

package dev.mlops.console;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Lines for people, in the look of one {@link Style}. */
public final class Text {
  private final PrintStream to;
  private final Style style;
  private final NextCommands commands;

  Text(PrintStream to, Style style) {
    this(to, style, NextCommands.AS_THEY_ARE);
  }

  Text(PrintStream to, Style style, NextCommands commands) {
    this.to = to;
    this.style = style;
    this.commands = commands;
  }

  public Style style() {
    return style;
  }

  public void line(String text) {
    to.println(text);
  }

  public void blank() {
    to.println();
  }

  /** Names in one column, values in the next; a value with several lines stays in its column. */
  public void facts(Map<String, String> facts) {
    int width = facts.keySet().stream().mapToInt(String::length).max().orElse(0);
    String indent = " ".repeat(width + 4);
    facts.forEach((name, value) -> {
      String label = style.dim(name + " ".repeat(width - name.length()));
      to.println("  " + label + "  " + value.replace("\n", "\n" + indent));
    });
  }

  /** Leaves out columns that have nothing but a heading. */
  static List<List<String>> withoutEmptyColumns(List<List<String>> rows) {
    List<Integer> kept =
        IntStream.range(0, rows.getFirst().size())
            .filter(i -> rows.stream().skip(1).anyMatch(row -> !row.get(i).isEmpty()))
            .boxed()
            .toList();
    return rows.stream().map(row -> kept.stream().map(row::get).toList()).toList();
  }

  /** Columns as wide as their widest cell; the first row is the heading. */
  public void table(List<List<String>> rows) {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (int r = 0; r < rows.size(); r++) {
      var line = new StringBuilder(" ");
      for (int i = 0; i < widths.length; i++) {
        String cell = rows.get(r).get(i);
        line.append(' ').append(cell).append(" ".repeat(widths[i] - cell.length() + 1));
      }
      String text = line.toString().stripTrailing();
      to.println(r == 0 ? style.dim(text) : text);
    }
  }

  /** What to run next. */
  public void next(List<String> next) {
    if (!next.isEmpty()) {
      blank();
      line(style.dim("next"));
      next.forEach(command -> line("  " + commands.complete(command)));
    }
  }
}

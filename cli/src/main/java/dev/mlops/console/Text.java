package dev.mlops.console;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Lines for people, in the look of one {@link Style}. */
public final class Text {
  private static final int FOLDED = 6;

  private final PrintStream to;
  private final Style style;
  private final Wrapping wrapping;
  private final NextCommands commands;

  Text(PrintStream to, Style style) {
    this(to, style, Wrapping.NONE, NextCommands.AS_THEY_ARE);
  }

  Text(PrintStream to, Style style, Wrapping wrapping, NextCommands commands) {
    this.to = to;
    this.style = style;
    this.wrapping = wrapping;
    this.commands = commands;
  }

  public Style style() {
    return style;
  }

  /** What does not fit goes on below the first word, or below the second after a mark. */
  public void line(String text) {
    String plain = text.replaceAll("\u001b\\[\\d*m", "");
    int indent = plain.length() - plain.stripLeading().length();
    boolean marked =
        plain.length() > indent + 1
            && plain.charAt(indent + 1) == ' '
            && !Character.isLetterOrDigit(plain.charAt(indent));
    line(text, marked ? indent + 2 : indent);
  }

  /**
   * @param hang columns before what does not fit
   */
  void line(String text, int hang) {
    to.println(wrapping.wrap(text, hang));
  }

  /** What is to be copied whole, such as a command. */
  void verbatim(String text) {
    to.println(text);
  }

  public void blank() {
    to.println();
  }

  /** Names in one column, values in the next; a value with several lines stays in its column. */
  public void facts(Map<String, String> facts) {
    facts(facts, Set.of());
  }

  /**
   * @param whole names of those that are to be copied and so are not broken
   */
  void facts(Map<String, String> facts, Set<String> whole) {
    int width = facts.keySet().stream().mapToInt(String::length).max().orElse(0);
    String indent = " ".repeat(width + 4);
    facts.forEach((name, value) -> {
      String label = style.dim(name + " ".repeat(width - name.length()));
      String line = "  " + label + "  " + value.replace("\n", "\n" + indent);
      if (whole.contains(name)) {
        verbatim(line);
      } else {
        line(line, indent.length());
      }
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

  /**
   * Columns as wide as their widest cell; the first row is the heading. Where the terminal is too
   * narrow each row takes several lines.
   */
  public void table(List<List<String>> rows) {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<List<Integer>> groups = wrapping.groups(widths, FOLDED);
    for (int r = 0; r < rows.size(); r++) {
      for (List<Integer> group : groups) {
        var line = new StringBuilder(" ".repeat(group.getFirst() == 0 ? 2 : FOLDED));
        for (int i : group) {
          String cell = rows.get(r).get(i);
          line.append(cell).append(" ".repeat(widths[i] - cell.length() + 2));
        }
        String text = line.toString().stripTrailing();
        to.println(r == 0 ? style.dim(text) : text);
      }
    }
  }

  /** What to run next. */
  public void next(List<String> next) {
    if (!next.isEmpty()) {
      blank();
      line(style.dim("next"));
      next.forEach(command -> verbatim("  " + commands.complete(command)));
    }
  }
}

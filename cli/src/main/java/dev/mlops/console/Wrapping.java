package dev.mlops.console;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Breaks lines between words where the terminal ends, so that what goes on stays below what it
 * belongs to. A word that is too long is left whole: a path or address can still be copied.
 */
final class Wrapping {
  static final Wrapping NONE = new Wrapping(() -> Integer.MAX_VALUE);

  /** Lines up to here fit anywhere. */
  private static final int ALWAYS_FITS = 20;

  /** At least so much is left of the width, however deep the indentation. */
  private static final int NARROWEST = 24;

  private final IntSupplier terminal;
  private int width;

  /**
   * @param terminal how many columns it has; asked once, and only if a line may be too long, since
   *     it takes a process to find out
   */
  Wrapping(IntSupplier terminal) {
    this.terminal = terminal;
  }

  int columns() {
    if (width == 0) {
      width = terminal.getAsInt();
    }
    return width;
  }

  /**
   * @param line may hold line ends and the codes of {@link Style}
   * @param hang columns before all lines but the first
   */
  String wrap(String line, int hang) {
    if (length(line) <= ALWAYS_FITS) {
      return line;
    }
    int indent = hang <= columns() - NARROWEST ? hang : 5;
    return String.join("\n", line.lines().map(one -> fold(one, indent)).toList());
  }

  private String fold(String line, int indent) {
    if (length(line) <= columns()) {
      return line;
    }
    List<String> lines = new ArrayList<>();
    var current = new StringBuilder();
    int used = 0;
    for (String word : line.split("(?<=\\S)(?= )", -1)) {
      if (used + length(word) > columns() && used > indent) {
        lines.add(current.toString());
        current = new StringBuilder(" ".repeat(indent));
        word = word.stripLeading();
        used = indent;
      }
      current.append(word);
      used += length(word);
    }
    lines.add(current.toString());
    return String.join("\n", lines);
  }

  /**
   * The columns of a table that fit beside each other.
   *
   * @param widths of the columns; two blanks stand between them
   * @param margin before every group but the first, which has two
   */
  List<List<Integer>> groups(int[] widths, int margin) {
    List<List<Integer>> groups = new ArrayList<>(List.of(new ArrayList<>()));
    int used = 2;
    for (int i = 0; i < widths.length; i++) {
      if (i > 0 && used + widths[i] > columns()) {
        groups.add(new ArrayList<>());
        used = margin;
      }
      groups.getLast().add(i);
      used += widths[i] + 2;
    }
    return groups;
  }

  /** In columns, without the codes of {@link Style}. */
  static int length(String text) {
    int columns = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\u001b') {
        i = text.indexOf('m', i);
      } else {
        columns++;
      }
    }
    return columns;
  }
}

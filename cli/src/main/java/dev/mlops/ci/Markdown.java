package dev.mlops.ci;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** GitHub's Markdown. What others have written is shown as it is, and does nothing. */
final class Markdown {
  private final StringBuilder text = new StringBuilder();

  Markdown heading(String heading) {
    return line("### " + heading).line("");
  }

  Markdown line(String line) {
    text.append(line).append('\n');
    return this;
  }

  /** The first row is the heading. */
  Markdown table(List<List<String>> rows) {
    line(row(rows.getFirst()));
    line(row(rows.getFirst().stream().map(_ -> "---").toList()));
    rows.stream().skip(1).forEach(cells -> line(row(cells)));
    return line("");
  }

  /** No markup, no links, nobody is called, whatever it holds. */
  static String plain(String foreign) {
    return foreign
        .replaceAll("[\\r\\n]+", " ")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("@", "@\u200b")
        .replaceAll("([\\\\`*_\\[\\]#|~])", "\\\\$1");
  }

  /** In the form of code. */
  static String code(String foreign) {
    return "`" + foreign.replaceAll("[`\\r\\n]+", " ").replace("|", "\\|") + "`";
  }

  static String figure(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private static String row(List<String> cells) {
    return Stream.of(cells).flatMap(List::stream).collect(Collectors.joining(" | ", "| ", " |"));
  }
}

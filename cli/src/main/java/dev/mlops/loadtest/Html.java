package dev.mlops.loadtest;

import java.util.List;
import java.util.stream.Collectors;

/** Pieces of a page. */
final class Html {
  private Html() {}

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** A block with a heading; the content is HTML already. */
  static String section(String title, String content) {
    return "<section>\n<h2>%s</h2>\n%s</section>\n".formatted(escape(title), content);
  }

  /** The first cell of each row names it; cells are HTML already. */
  static String table(List<String> heads, List<List<String>> rows) {
    String head =
        heads.stream()
            .map(text -> "<th scope=\"col\">" + escape(text) + "</th>")
            .collect(Collectors.joining());
    String body = rows.stream().map(Html::row).collect(Collectors.joining());
    return "<div class=\"scroll\"><table>\n<thead><tr>%s</tr></thead>\n<tbody>\n%s</tbody></table></div>\n"
        .formatted(head, body);
  }

  static String paragraph(String text) {
    return "<p>" + escape(text) + "</p>\n";
  }

  /** A word that says whether something is as it should be; colour is not its only sign. */
  static String badge(boolean good, String whenGood, String whenBad) {
    return good
        ? "<span class=\"badge good\">✓ " + escape(whenGood) + "</span>"
        : "<span class=\"badge bad\">✗ " + escape(whenBad) + "</span>";
  }

  static String badge(Gate.Outcome outcome) {
    return switch (outcome.judgement()) {
      case PASSED -> badge(true, "passed", "");
      case MISSED -> badge(false, "", "failed");
      case NONE -> "<span class=\"badge\">not judged</span>";
    };
  }

  private static String row(List<String> cells) {
    return cells.stream()
        .skip(1)
        .map(cell -> "<td>" + cell + "</td>")
        .collect(
            Collectors.joining(
                "", "<tr><th scope=\"row\">" + cells.getFirst() + "</th>", "</tr>\n"));
  }
}

package dev.mlops.console;

import dev.mlops.plan.Outcome;
import dev.mlops.plan.RunReport;
import java.util.Locale;

/** One ended step as one line, the same in the live list and off a terminal. */
final class StepLine {
  private StepLine() {}

  static String of(RunReport.Entry entry, int titleWidth, Style style) {
    String mark =
        switch (entry.outcome()) {
          case Outcome.Changed _ -> style.good(style.symbol(Style.Symbol.DONE));
          case Outcome.Unchanged _ -> style.dim(style.symbol(Style.Symbol.UNCHANGED));
          case Outcome.Planned _ -> style.notable(style.symbol(Style.Symbol.PLANNED));
          case Outcome.Skipped _ -> style.dim(style.symbol(Style.Symbol.SKIPPED));
          case Outcome.Failed _ -> style.bad(style.symbol(Style.Symbol.FAILED));
        };
    String title = entry.title() + " ".repeat(Math.max(0, titleWidth - entry.title().length()));
    String line =
        " " + mark + " " + title + "  " + style.dim(time(entry.millis())) + "  " + words(entry);
    return line.stripTrailing().replace("\n", "\n     ");
  }

  /**
   * @param title as wide as the widest
   */
  static String underWay(String title, long millis, String detail, Style style) {
    String mark = style.dim(style.symbol(Style.Symbol.UNDER_WAY));
    return (" " + mark + " " + title + "  " + style.dim(time(millis)) + "  " + detail)
        .stripTrailing();
  }

  /** Columns before its detail. */
  static int hang(int titleWidth) {
    return titleWidth + 13;
  }

  /** In place of a line for each: what failed is what matters. */
  static String moreSkipped(int steps, Style style) {
    return " " + style.dim(style.symbol(Style.Symbol.SKIPPED)) + " " + steps + " more skipped";
  }

  private static String words(RunReport.Entry entry) {
    String detail = entry.outcome().detail();
    return switch (entry.outcome()) {
      case Outcome.Unchanged _ -> detail.isEmpty() ? "unchanged" : detail;
      case Outcome.Failed _ -> "failed";
      case Outcome.Skipped _ -> "skipped: " + detail;
      case Outcome.Changed _, Outcome.Planned _ -> detail;
    };
  }

  /** Seconds with one decimal, right-aligned in six columns. */
  static String time(long millis) {
    return String.format(Locale.ROOT, "%5.1fs", millis / 1000.0);
  }
}

package dev.mlops.lifecycle;

import dev.mlops.plan.RunReport;
import java.util.Locale;

/** A run as golden plans have it: each step, how it ended, and what it says. */
public final class ReportText {
  private ReportText() {}

  public static String of(RunReport report) {
    var text = new StringBuilder();
    for (RunReport.Entry step : report.steps()) {
      String outcome = step.outcome().getClass().getSimpleName().toLowerCase(Locale.ROOT);
      String detail = step.outcome().detail().replace("\n", "\n" + " ".repeat(14));
      text.append("  %-9s %s (%s)\n".formatted(outcome, step.title(), step.id()));
      if (!detail.isEmpty()) {
        text.append(" ".repeat(14)).append(detail).append('\n');
      }
    }
    return text.toString();
  }
}

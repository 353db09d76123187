package dev.mlops.ci;

import dev.mlops.config.DidYouMean;
import dev.mlops.config.YamlNode.Scalar;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Conditions that always hold, since text that is not empty is true; and that compare with what
 * never is.
 */
final class Conditions implements Rule {
  private static final Pattern WHOLE = Pattern.compile("(?s)\\$\\{\\{.*}}");

  private static final Pattern COMPARISON =
      Pattern.compile(
          "\\b(github\\.event_name|runner\\.os|job\\.status|needs\\.[\\w-]+\\.result"
              + "|steps\\.[\\w-]+\\.(?:outcome|conclusion))\\s*[!=]=\\s*'([^']*)'");

  private static final Set<String> RESULTS =
      new TreeSet<>(Set.of("success", "failure", "cancelled", "skipped"));
  private static final Set<String> SYSTEMS = new TreeSet<>(Set.of("Linux", "Windows", "macOS"));

  @Override
  public void check(Workflow workflow, Findings findings) {
    for (Workflow.Job job : workflow.jobs()) {
      Yaml.scalar(job.body(), "if").ifPresent(condition -> check(condition, findings));
      for (Workflow.Step step : job.steps()) {
        Yaml.scalar(step.body(), "if").ifPresent(condition -> check(condition, findings));
      }
    }
  }

  /** What GitHub says of a run, and nothing else. */
  private static void compared(Scalar condition, Findings findings) {
    Matcher comparison = COMPARISON.matcher(condition.text());
    while (comparison.find()) {
      String of = comparison.group(1);
      String value = comparison.group(2);
      Set<String> known =
          of.endsWith("event_name") ? KnownKeys.EVENTS : of.equals("runner.os") ? SYSTEMS : RESULTS;
      if (known.stream().noneMatch(value::equalsIgnoreCase)) {
        findings.error(
            condition.at(),
            "bad-value",
            "`" + of + "` is never '" + value + "'" + DidYouMean.hint(value, known));
      }
    }
  }

  private static void check(Scalar condition, Findings findings) {
    compared(condition, findings);
    int expressions = Expression.in(condition).size();
    boolean isOne = expressions == 1 && WHOLE.matcher(condition.text().stripTrailing()).matches();
    boolean breaks = isOne && condition.text().endsWith("\n");
    if (expressions > 0 && (!isOne || breaks)) {
      findings.error(
          condition.at(),
          "always-true",
          "with text around `${{ }}` a condition is always true; put all of it into the braces, or"
              + " leave them out");
    }
  }
}

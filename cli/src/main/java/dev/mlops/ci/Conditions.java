package dev.mlops.ci;

import dev.mlops.config.YamlNode.Scalar;
import java.util.regex.Pattern;

/** Conditions that look like one and are always true: text that is not empty is. */
final class Conditions implements Rule {
  private static final Pattern WHOLE = Pattern.compile("(?s)\\$\\{\\{.*}}");

  @Override
  public void check(Workflow workflow, Findings findings) {
    for (Workflow.Job job : workflow.jobs()) {
      Yaml.scalar(job.body(), "if").ifPresent(condition -> check(condition, findings));
      for (Workflow.Step step : job.steps()) {
        Yaml.scalar(step.body(), "if").ifPresent(condition -> check(condition, findings));
      }
    }
  }

  private static void check(Scalar condition, Findings findings) {
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

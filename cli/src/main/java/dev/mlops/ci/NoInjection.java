package dev.mlops.ci;

import dev.mlops.config.YamlNode.Scalar;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Text that a stranger can choose never becomes part of a script.
 *
 * @see <a href="https://docs.github.com/actions/concepts/security/script-injections">Script
 *     injections</a>
 */
final class NoInjection implements Rule {
  private static final String RULE = "script-injection";

  /** Inputs of actions that are run as a script. */
  private static final Set<String> SCRIPTS =
      Set.of("script", "inlinescript", "run", "command", "cmd", "commands");

  @Override
  public void check(Workflow workflow, Findings findings) {
    for (Workflow.Job job : workflow.jobs()) {
      ForeignText text = ForeignText.of(workflow, job);
      for (Workflow.Step step : job.steps()) {
        step(step, text.in(step), findings);
        text.addOutputs(step);
      }
    }
  }

  private static void step(Workflow.Step step, ForeignText foreign, Findings findings) {
    step.run()
        .ifPresent(run -> {
          script(run, foreign, findings);
          foreign.variablesIn(run.text()).forEach(name -> variable(run, name, findings));
        });
    Yaml.each(
        step.inputs(),
        (name, entry) -> {
          if (SCRIPTS.contains(name.toLowerCase(Locale.ROOT))
              && entry.value() instanceof Scalar text) {
            script(text, foreign, findings);
          }
        });
  }

  private static void script(Scalar script, ForeignText foreign, Findings findings) {
    for (Expression expression : Expression.in(script)) {
      expression
          .references()
          .forEach(reference -> {
            if (foreign.isCertain(reference)) {
              findings.error(
                  reference.at(),
                  RULE,
                  "`"
                      + reference.text()
                      + "` is somebody else's text, and becomes part of the script; pass it by"
                      + " `env` and use \"$NAME\"");
            } else if (foreign.isLikely(reference)) {
              findings.warning(
                  reference.at(),
                  RULE,
                  "`"
                      + reference.text()
                      + "` was made of somebody else's text, and becomes part of the script; pass"
                      + " it by `env` and use \"$NAME\"");
            }
          });
    }
  }

  /** By a variable the text is safe, unless the script makes a program of it again. */
  private static void variable(Scalar run, String name, Findings findings) {
    String use = ForeignText.variable(name);
    if (has(run, "\\beval\\b[^\\n]*" + use)
        || has(run, "\\b(?:ba|da|z)?sh\\s+-\\w*c\\s+\"[^\"\\n]*" + use)) {
      findings.error(
          run.at(),
          RULE,
          "the script runs what is in $" + name + ", which is somebody else's text");
    } else if (has(run, use + "[^\\n]*>>\\s*\"?\\$\\{?GITHUB_(ENV|PATH)\\b")) {
      findings.warning(
          run.at(),
          RULE,
          "somebody else's text, $"
              + name
              + ", gets into the environment of all later steps, where a line of it may be a"
              + " variable of its own");
    }
  }

  private static boolean has(Scalar run, String pattern) {
    return Pattern.compile(pattern).matcher(run.text()).find();
  }
}

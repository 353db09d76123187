package dev.mlops.ci;

import dev.mlops.config.DidYouMean;
import dev.mlops.config.YamlNode;
import dev.mlops.config.YamlNode.Scalar;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Expressions that GitHub can't evaluate: contexts that do not exist, or not at that place, and
 * functions that do not exist.
 *
 * @see <a
 *     href="https://docs.github.com/actions/reference/workflows-and-actions/contexts#context-availability">
 *     Context availability</a>
 */
final class KnownContexts implements Rule {
  private static final String RULE = "unknown-context";

  private static final Set<String> FUNCTIONS =
      Set.of(
          "always",
          "cancelled",
          "case",
          "contains",
          "endswith",
          "failure",
          "format",
          "fromjson",
          "hashfiles",
          "join",
          "startswith",
          "success",
          "tojson");

  private static final Set<String> EVERYWHERE = Set.of("github", "inputs", "vars");
  private static final Set<String> OF_JOB = with(EVERYWHERE, "needs", "strategy", "matrix");
  private static final Set<String> OF_STEP =
      with(OF_JOB, "secrets", "env", "job", "runner", "steps");
  private static final Set<String> ALL = with(OF_STEP, "jobs");

  /** Key of the file to what may stand in its expressions. */
  private static final Map<String, Set<String>> TOP =
      Map.of(
          "env", with(EVERYWHERE, "secrets"),
          "concurrency", EVERYWHERE,
          "run-name", EVERYWHERE,
          "on", ALL);

  /** Key of a job likewise; keys that are not listed take {@link #OF_JOB}. */
  private static final Map<String, Set<String>> JOB =
      Map.of(
          "if", with(EVERYWHERE, "needs"),
          "env", with(OF_JOB, "secrets"),
          "with", OF_JOB,
          "secrets", with(OF_JOB, "secrets"),
          "container", with(OF_STEP, "secrets"),
          "services", with(OF_STEP, "secrets"),
          "environment", with(OF_STEP, "steps"),
          "defaults", with(OF_JOB, "env"),
          "outputs", OF_STEP);

  @Override
  public void check(Workflow workflow, Findings findings) {
    Yaml.each(
        Optional.of(workflow.root()),
        (key, entry) -> {
          if (!key.equals("jobs")) {
            check(entry.value(), TOP.getOrDefault(key, EVERYWHERE), findings);
          }
        });
    for (Workflow.Job job : workflow.jobs()) {
      job(job, findings);
    }
  }

  private static void job(Workflow.Job job, Findings findings) {
    Yaml.each(
        Optional.of(job.body()),
        (key, entry) -> {
          if (key.equals("if")) {
            condition(entry.value(), JOB.get("if"), findings);
          } else if (!key.equals("steps")) {
            check(entry.value(), JOB.getOrDefault(key, OF_JOB), findings);
          }
        });
    for (Workflow.Step step : job.steps()) {
      Yaml.each(
          Optional.of(step.body()),
          (key, entry) -> {
            if (key.equals("if")) {
              condition(entry.value(), without(OF_STEP, "secrets"), findings);
            } else {
              check(entry.value(), OF_STEP, findings);
            }
          });
    }
  }

  private static void condition(YamlNode node, Set<String> allowed, Findings findings) {
    if (node instanceof Scalar scalar) {
      check(scalar, Expression.condition(scalar), allowed, findings);
    }
  }

  private static void check(YamlNode node, Set<String> allowed, Findings findings) {
    Expressions.each(node, scalar -> check(scalar, Expression.in(scalar), allowed, findings));
  }

  private static void check(
      Scalar scalar, List<Expression> expressions, Set<String> allowed, Findings findings) {
    if (Expression.isTorn(scalar)) {
      findings.error(scalar.at(), "torn-expression", "`${{` without `}}`");
    }
    for (Expression expression : expressions) {
      expression
          .references()
          .filter(reference -> !allowed.contains(reference.context()))
          .forEach(reference ->
              findings.error(reference.at(), RULE, reason(reference.context(), allowed)));
      expression
          .functions()
          .filter(name -> !FUNCTIONS.contains(name.toLowerCase(Locale.ROOT)))
          .forEach(name ->
              findings.error(
                  expression.at(),
                  "unknown-function",
                  "no function '" + name + "'" + DidYouMean.hint(name, FUNCTIONS)));
    }
  }

  private static String reason(String context, Set<String> allowed) {
    return ALL.contains(context)
        ? "`" + context + "` can't be used here; here are " + String.join(", ", sorted(allowed))
        : "no context '" + context + "'" + DidYouMean.hint(context, sorted(allowed));
  }

  private static Set<String> sorted(Set<String> names) {
    return new TreeSet<>(names);
  }

  private static Set<String> with(Set<String> names, String... more) {
    Set<String> all = new TreeSet<>(names);
    all.addAll(List.of(more));
    return Set.copyOf(all);
  }

  private static Set<String> without(Set<String> names, String one) {
    Set<String> rest = new TreeSet<>(names);
    rest.remove(one);
    return Set.copyOf(rest);
  }
}

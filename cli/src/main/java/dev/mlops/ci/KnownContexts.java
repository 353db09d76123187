package dev.mlops.ci;

import dev.mlops.config.DidYouMean;
import dev.mlops.config.YamlNode;
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

  private static final Set<String> FUNCTIONS = ExpressionFunctions.names();

  private static final Set<String> OF_STATUS = Set.of("always", "cancelled", "failure", "success");
  private static final String OF_FILES = "hashfiles";
  private static final Set<String> NOWHERE = Set.of();

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
            check(key, entry.value(), TOP.getOrDefault(key, EVERYWHERE), NOWHERE, findings);
          }
        });
    for (Workflow.Job job : workflow.jobs()) {
      Yaml.each(
          Optional.of(job.body()),
          (key, entry) -> {
            if (!key.equals("steps")) {
              Set<String> functions = key.equals("if") ? OF_STATUS : NOWHERE;
              check(key, entry.value(), JOB.getOrDefault(key, OF_JOB), functions, findings);
            }
          });
      job.steps().forEach(step -> step(step, findings));
    }
  }

  private static void step(Workflow.Step step, Findings findings) {
    Yaml.each(
        Optional.of(step.body()),
        (key, entry) -> {
          switch (key) {
            case "if" ->
                check(
                    key,
                    entry.value(),
                    without(OF_STEP, "secrets"),
                    with(OF_STATUS, OF_FILES),
                    findings);
            case "uses", "id", "shell" -> check(key, entry.value(), Set.of(), NOWHERE, findings);
            default -> check(key, entry.value(), OF_STEP, Set.of(OF_FILES), findings);
          }
        });
  }

  private static void check(
      String key, YamlNode node, Set<String> contexts, Set<String> functions, Findings findings) {
    Expressions.each(
        node,
        scalar -> {
          if (Expression.isTorn(scalar)) {
            findings.error(scalar.at(), "torn-expression", "`${{` without `}}`");
          }
        });
    for (Expression expression : Expressions.under(key, node)) {
      expression.fault().ifPresent(why -> findings.error(expression.at(), "bad-expression", why));
      expression
          .references()
          .filter(reference -> !contexts.contains(reference.context()))
          .forEach(reference ->
              findings.error(reference.at(), RULE, reason(reference.context(), contexts)));
      expression.functions().forEach(name -> function(expression, name, functions, findings));
    }
  }

  private static void function(
      Expression expression, String name, Set<String> here, Findings findings) {
    String plain = name.toLowerCase(Locale.ROOT);
    if (!FUNCTIONS.contains(plain)) {
      findings.error(
          expression.at(),
          "unknown-function",
          "no function '" + name + "'" + DidYouMean.hint(name, FUNCTIONS));
    } else if ((OF_STATUS.contains(plain) || plain.equals(OF_FILES)) && !here.contains(plain)) {
      findings.error(
          expression.at(), "unknown-function", "`" + name + "` can't be called at this place");
    }
  }

  private static String reason(String context, Set<String> allowed) {
    return ALL.contains(context)
        ? "`"
            + context
            + "` can't be used here; here are "
            + (allowed.isEmpty() ? "no contexts" : String.join(", ", sorted(allowed)))
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

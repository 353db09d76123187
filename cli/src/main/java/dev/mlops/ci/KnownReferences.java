package dev.mlops.ci;

import dev.mlops.config.DidYouMean;
import dev.mlops.config.YamlNode;
import dev.mlops.config.YamlNode.Mapping;
import dev.mlops.config.YamlNode.Scalar;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Jobs, steps and matrix keys that are referred to and do not exist, or not yet. */
final class KnownReferences implements Rule {
  private static final String RULE = "unknown-reference";

  @Override
  public void check(Workflow workflow, Findings findings) {
    for (Workflow.Job job : workflow.jobs()) {
      needs(workflow, job, findings);
      new OfJob(workflow, job, findings).check();
    }
  }

  private static void needs(Workflow workflow, Workflow.Job job, Findings findings) {
    List<String> ids = workflow.jobs().stream().map(Workflow.Job::id).toList();
    for (Scalar need : job.needs()) {
      if (workflow.job(need.text()).isEmpty()) {
        findings.error(
            need.at(), RULE, "no job '" + need.text() + "'" + DidYouMean.hint(need.text(), ids));
      } else if (reaches(workflow, need.text(), job.id(), new HashSet<>())) {
        findings.error(need.at(), RULE, "job '" + job.id() + "' waits for itself");
      }
    }
  }

  private static boolean reaches(Workflow workflow, String from, String to, Set<String> seen) {
    if (from.equalsIgnoreCase(to)) {
      return true;
    }
    return seen.add(OfJob.plain(from))
        && workflow.job(from).stream()
            .flatMap(job -> job.needs().stream())
            .anyMatch(need -> reaches(workflow, need.text(), to, seen));
  }

  /** The expressions of one job. */
  private record OfJob(Workflow workflow, Workflow.Job job, Findings findings) {

    void check() {
      Set<String> before = new HashSet<>();
      Set<String> needs =
          job.needs().stream().map(Scalar::text).map(OfJob::plain).collect(Collectors.toSet());
      Set<String> matrix = matrix();
      for (Workflow.Step step : job.steps()) {
        Yaml.each(
            Optional.of(step.body()),
            (key, entry) -> known(Expressions.under(key, entry.value()), needs, before, matrix));
        step.id()
            .map(OfJob::plain)
            .ifPresent(id -> {
              if (!before.add(id)) {
                findings.error(step.at(), "bad-name", "two steps have the id '" + id + "'");
              }
            });
      }
      Yaml.each(
          Optional.of(job.body()),
          (key, entry) -> {
            if (!key.equals("steps") && !key.equals("needs")) {
              known(Expressions.under(key, entry.value()), needs, before, matrix);
            }
          });
    }

    private void known(
        List<Expression> expressions, Set<String> needs, Set<String> steps, Set<String> matrix) {
      for (Expression expression : expressions) {
        known(expression, "needs", needs);
        known(expression, "steps", steps);
        known(expression, "matrix", matrix);
      }
    }

    /** Keys of the matrix; the star stands for one that an expression makes. */
    private Set<String> matrix() {
      Optional<YamlNode> matrix = job.matrix();
      Set<String> keys = new HashSet<>();
      if (matrix.isPresent() && !(matrix.get() instanceof Mapping)) {
        keys.add("*");
      }
      Yaml.each(
          matrix,
          (key, entry) -> {
            keys.add(plain(key));
            if (key.equals("include")) {
              includes(entry.value(), keys);
            }
          });
      return keys;
    }

    private static void includes(YamlNode include, Set<String> keys) {
      if (include instanceof YamlNode.Items items) {
        items
            .values()
            .forEach(item -> Yaml.each(Optional.of(item), (name, _) -> keys.add(plain(name))));
      } else {
        keys.add("*"); // an expression makes them
      }
    }

    private void known(Expression expression, String context, Collection<String> names) {
      if (names.contains("*")) {
        return;
      }
      expression
          .references()
          .filter(reference -> reference.context().equals(context))
          .filter(reference -> reference.name().filter(n -> !n.equals("*")).isPresent())
          .filter(reference -> !names.contains(reference.name().orElseThrow()))
          .forEach(reference ->
              findings.error(
                  reference.at(),
                  RULE,
                  "no "
                      + reference.text()
                      + " here"
                      + what(context)
                      + DidYouMean.hint(reference.name().orElseThrow(), names)));
    }

    private String what(String context) {
      return switch (context) {
        case "needs" -> ": `needs` of the job does not name it";
        case "steps" -> ": no step before has that id";
        default -> ": the job's matrix has no such key";
      };
    }

    private static String plain(String name) {
      return name.toLowerCase(Locale.ROOT);
    }
  }
}

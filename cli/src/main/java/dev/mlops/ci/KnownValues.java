package dev.mlops.ci;

import dev.mlops.config.DidYouMean;
import dev.mlops.config.YamlNode;
import dev.mlops.config.YamlNode.Items;
import dev.mlops.config.YamlNode.Kind;
import dev.mlops.config.YamlNode.Mapping;
import dev.mlops.config.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Values of a kind or of a set that GitHub holds them to. */
final class KnownValues implements Rule {
  private static final String RULE = "bad-value";
  private static final Set<String> SHELLS =
      Set.of("bash", "sh", "pwsh", "powershell", "cmd", "python");

  private static final Set<String> SYSTEMS = Set.of("ubuntu", "windows", "macos");

  private static final List<String> RUNNERS =
      List.of(
          ("ubuntu-latest ubuntu-24.04 ubuntu-22.04 ubuntu-26.04 ubuntu-24.04-arm ubuntu-22.04-arm"
                  + " ubuntu-slim windows-latest windows-2025 windows-2022 windows-11-arm"
                  + " macos-latest macos-26 macos-15 macos-14 macos-15-intel macos-13")
              .split(" ", -1));

  @Override
  public void check(Workflow workflow, Findings findings) {
    shell(workflow.root(), findings);
    env(workflow.root(), findings);
    for (Workflow.Job job : workflow.jobs()) {
      number(job.body(), "timeout-minutes", findings);
      truth(job.body(), "continue-on-error", findings);
      shell(job.body(), findings);
      env(job.body(), findings);
      runner(job, findings);
      Yaml.at(job.body(), "strategy").ifPresent(strategy -> strategy(strategy, findings));
      for (Workflow.Step step : job.steps()) {
        number(step.body(), "timeout-minutes", findings);
        truth(step.body(), "continue-on-error", findings);
        env(step.body(), findings);
        Yaml.scalar(step.body(), "shell").ifPresent(shell -> shell(shell, findings));
      }
    }
  }

  private static void strategy(YamlNode strategy, Findings findings) {
    truth(strategy, "fail-fast", findings);
    number(strategy, "max-parallel", findings);
    Optional<YamlNode> matrix = Yaml.at(strategy, "matrix");
    Yaml.each(
        matrix,
        (key, entry) -> {
          boolean isList = entry.value() instanceof Items || isExpression(entry.value());
          boolean isCombinations = key.equals("include") || key.equals("exclude");
          if (!isList) {
            findings.error(entry.value().at(), RULE, "expected a list of values of `" + key + "`");
          } else if (entry.value() instanceof Items items && items.values().isEmpty()) {
            findings.error(entry.value().at(), RULE, "`" + key + "` has no values: no job runs");
          } else if (isCombinations && entry.value() instanceof Items items) {
            items.values().stream()
                .filter(item -> !(item instanceof Mapping) && !isExpression(item))
                .forEach(item ->
                    findings.error(item.at(), RULE, "expected keys of the matrix, with values"));
          }
        });
    excluded(matrix, findings);
  }

  private static void excluded(Optional<YamlNode> matrix, Findings findings) {
    if (matrix.flatMap(node -> Yaml.at(node, "exclude")).orElse(null) instanceof Items items) {
      items
          .values()
          .forEach(item ->
              Yaml.each(
                  Optional.of(item),
                  (key, entry) -> {
                    if (Yaml.at(matrix.get(), key).isEmpty()) {
                      findings.error(
                          entry.keyAt(),
                          RULE,
                          "`exclude` names '" + key + "', which the matrix has not");
                    }
                  }));
    }
  }

  private static void runner(Workflow.Job job, Findings findings) {
    List<Scalar> labels = new ArrayList<>(Yaml.oneOrMany(Yaml.at(job.body(), "runs-on")));
    labels.addAll(chosenByMatrix(job));
    for (Scalar label : labels) {
      String name = label.text().toLowerCase(Locale.ROOT);
      if (isLikeGitHubs(name)
          && !RUNNERS.contains(name)
          && DidYouMean.nearest(name, RUNNERS).isPresent()
          && !name.matches(".*-(large|xlarge|\\d+-?cores?.*)")) {
        findings.warning(
            label.at(),
            RULE,
            "GitHub has no runner '" + label.text() + "'" + DidYouMean.hint(name, RUNNERS));
      }
    }
  }

  private static boolean isLikeGitHubs(String label) {
    String[] parts = label.split("-", 2);
    if (parts.length < 2 || SYSTEMS.contains(parts[0])) {
      return parts.length == 2;
    }
    return DidYouMean.nearest(parts[0], SYSTEMS).isPresent()
        && RUNNERS.stream().anyMatch(runner -> runner.endsWith("-" + parts[1]));
  }

  /** Where {@code runs-on} is a key of the matrix. */
  private static List<Scalar> chosenByMatrix(Workflow.Job job) {
    return Yaml.scalar(job.body(), "runs-on").stream()
        .flatMap(label -> Expression.in(label).stream())
        .flatMap(Expression::references)
        .filter(reference -> reference.context().equals("matrix"))
        .flatMap(reference -> reference.name().stream())
        .flatMap(key ->
            job.matrix().map(matrix -> Yaml.oneOrMany(Yaml.at(matrix, key))).stream()
                .flatMap(List::stream))
        .toList();
  }

  private static void shell(YamlNode owner, Findings findings) {
    Yaml.at(owner, "defaults")
        .flatMap(defaults -> Yaml.at(defaults, "run"))
        .flatMap(run -> Yaml.scalar(run, "shell"))
        .ifPresent(shell -> shell(shell, findings));
  }

  private static void shell(Scalar shell, Findings findings) {
    boolean isOwn = shell.text().contains("{0}") || isExpression(shell);
    if (!isOwn && !SHELLS.contains(shell.text())) {
      findings.error(
          shell.at(),
          RULE,
          "no shell '" + shell.text() + "'" + DidYouMean.hint(shell.text(), new TreeSet<>(SHELLS)));
    }
  }

  private static void env(YamlNode owner, Findings findings) {
    Yaml.each(
        Yaml.at(owner, "env"),
        (name, entry) -> {
          if (name.equals("<<")) {
            return;
          }
          if (!name.matches("[^=&\\s]+")) {
            findings.error(entry.keyAt(), RULE, "'" + name + "' is no name of a variable");
          }
          if (!(entry.value() instanceof Scalar)) {
            findings.error(
                entry.value().at(), RULE, "a variable is text, not " + entry.value().describe());
          }
        });
  }

  private static void number(YamlNode owner, String key, Findings findings) {
    Yaml.at(owner, key)
        .filter(value -> !isExpression(value))
        .filter(value ->
            !(value instanceof Scalar scalar
                && scalar.kind() == Kind.NUMBER
                && Double.parseDouble(scalar.text()) > 0))
        .ifPresent(value ->
            findings.error(
                value.at(), RULE, "`" + key + "` is a number above 0, not " + value.describe()));
  }

  private static void truth(YamlNode owner, String key, Findings findings) {
    Yaml.at(owner, key)
        .filter(value -> !isExpression(value))
        .filter(value -> !(value instanceof Scalar scalar && scalar.kind() == Kind.BOOLEAN))
        .ifPresent(value ->
            findings.error(
                value.at(), RULE, "`" + key + "` is true or false, not " + value.describe()));
  }

  private static boolean isExpression(YamlNode node) {
    return node instanceof Scalar scalar && scalar.text().contains("${{");
  }
}

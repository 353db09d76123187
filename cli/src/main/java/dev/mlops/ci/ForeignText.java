package dev.mlops.ci;

import dev.mlops.config.YamlNode;
import dev.mlops.config.YamlNode.Scalar;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Text that a stranger can choose, as a job sees it: in the event, and in what was made of that.
 *
 * @param certain what it is known by besides the event, such as {@code env.title}
 * @param likely outputs of scripts that had such a text to work on
 */
record ForeignText(Set<String> certain, Set<String> likely) {
  /**
   * What the author of a request, an issue, a comment or a branch writes; or a whole that it is
   * part of.
   */
  private static final Pattern WRITTEN =
      Pattern.compile(
          "github(\\.event)?"
              + "|github\\.(head_ref|ref|ref_name)"
              + "|github\\.event\\.(pull_request|issue|comment|review|discussion|head_commit|commits"
              + "|pages|workflow_run|inputs|client_payload|changes|milestone|release)"
              + "|github\\.event\\..*\\.(title|body|message|label|page_name|description|homepage"
              + "|default_branch|display_title|head_branch|name|email|from|tag_name)"
              + "|github\\.event\\..*\\.head(\\.(ref|repo))?"
              + "|github\\.event\\.(inputs|client_payload)\\..*"
              + "|inputs(\\..*)?");

  /** Whose text nobody but GitHub or the owner chooses, though it looks like the others. */
  private static final Pattern OWN =
      Pattern.compile(
          "github\\.event\\.(repository|organization|enterprise|sender|base)\\..*"
              + "|github\\.event\\.pull_request\\.base\\.(?!label).*");

  /** Actions that tell the names of files; whoever makes a request chooses them. */
  private static final Pattern TELLS_FILES =
      Pattern.compile(
          "(tj-actions|step-security)/changed-files@.*|dorny/paths-filter@.*"
              + "|jitterbit/get-changed-files@.*|trilom/file-changes-action@.*");

  static ForeignText of(Workflow workflow, Workflow.Job job) {
    ForeignText text = own(workflow, job);
    for (Scalar need : job.needs()) {
      workflow.job(need.text()).ifPresent(before -> text.addOutputs(workflow, before));
    }
    return text;
  }

  /** Without what comes from other jobs. */
  private static ForeignText own(Workflow workflow, Workflow.Job job) {
    var text = new ForeignText(new TreeSet<>(), new TreeSet<>());
    text.add("env.", Yaml.at(workflow.root(), "env"));
    text.add("env.", Yaml.at(job.body(), "env"));
    text.add("matrix.", job.matrix());
    return text;
  }

  /** With the step's own variables. */
  ForeignText in(Workflow.Step step) {
    var text = new ForeignText(new TreeSet<>(certain), new TreeSet<>(likely));
    text.add("env.", Yaml.at(step.body(), "env"));
    return text;
  }

  /** What later steps may have from this one. */
  void addOutputs(Workflow.Step step) {
    String outputs = "steps." + step.id().orElse("").toLowerCase(Locale.ROOT) + ".outputs.";
    if (step.uses().filter(uses -> TELLS_FILES.matcher(uses.text()).matches()).isPresent()) {
      certain.add(outputs);
    }
    String script = step.run().map(Scalar::text).orElse("");
    if (script.contains("GITHUB_OUTPUT") && !in(step).variablesIn(script).isEmpty()) {
      likely.add(outputs);
    }
  }

  private void addOutputs(Workflow workflow, Workflow.Job before) {
    ForeignText there = own(workflow, before);
    before.steps().forEach(there::addOutputs);
    Yaml.each(
        Yaml.at(before.body(), "outputs"),
        (name, entry) -> {
          String reference = ("needs." + before.id() + ".outputs." + name).toLowerCase(Locale.ROOT);
          if (there.has(entry.value(), there::isCertain)) {
            certain.add(reference);
          } else if (there.has(entry.value(), there::isLikely)) {
            likely.add(reference);
          }
        });
  }

  boolean isCertain(Expression.Reference reference) {
    boolean isWritten =
        WRITTEN.matcher(reference.text()).matches() && !OWN.matcher(reference.text()).matches();
    return isWritten || names(certain, reference);
  }

  boolean isLikely(Expression.Reference reference) {
    return names(likely, reference);
  }

  /** Variables with such text that a script uses. */
  List<String> variablesIn(String script) {
    return certain.stream()
        .filter(name -> name.startsWith("env."))
        .map(name -> name.substring("env.".length()))
        .filter(name -> Pattern.compile(variable(name)).matcher(script).find())
        .toList();
  }

  /** A pattern for the use of a variable in a shell. */
  static String variable(String name) {
    return "(?i:\\$(env:)?\\{?" + Pattern.quote(name) + "(?!\\w))";
  }

  private void add(String prefix, Optional<YamlNode> values) {
    Yaml.each(
        values,
        (name, entry) -> {
          if (has(entry.value(), this::isCertain)) {
            certain.add(prefix + name.toLowerCase(Locale.ROOT));
          }
        });
  }

  private boolean has(YamlNode value, Predicate<Expression.Reference> isForeign) {
    return Expressions.under("", value).stream()
        .flatMap(Expression::references)
        .anyMatch(isForeign);
  }

  /** A name that ends in a dot stands for all below it. */
  private static boolean names(Set<String> known, Expression.Reference reference) {
    return known.contains(reference.text())
        || known.stream().anyMatch(name -> name.endsWith(".") && reference.text().startsWith(name));
  }
}

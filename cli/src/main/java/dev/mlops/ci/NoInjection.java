package dev.mlops.ci;

import dev.mlops.config.YamlNode;
import dev.mlops.config.YamlNode.Scalar;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Text that a stranger can choose never becomes part of a script.
 *
 * @see <a href="https://docs.github.com/actions/concepts/security/script-injections">Script
 *     injections</a>
 */
final class NoInjection implements Rule {
  private static final String RULE = "script-injection";

  /**
   * What the author of a request, an issue, a comment or a branch writes; or a whole that it is
   * part of.
   */
  private static final Pattern STRANGERS =
      Pattern.compile(
          "github(\\.event)?"
              + "|github\\.(head_ref|ref|ref_name)"
              + "|github\\.event\\.(pull_request|issue|comment|review|discussion|head_commit|commits"
              + "|pages|workflow_run|inputs|client_payload|changes|milestone)"
              + "|github\\.event\\..*\\.(title|body|message|label|page_name|description|homepage"
              + "|default_branch|display_title|head_branch|name|email|from)"
              + "|github\\.event\\..*\\.head(\\.(ref|repo))?"
              + "|github\\.event\\.(inputs|client_payload)\\..*"
              + "|inputs(\\..*)?");

  /** Whose text nobody but GitHub or the owner chooses, though it looks like the others. */
  private static final Pattern OWN =
      Pattern.compile(
          "github\\.event\\.(repository|organization|enterprise|sender|base)\\..*"
              + "|github\\.event\\.pull_request\\.base\\.(?!label).*");

  /** Inputs of actions that are run as a script. */
  private static final Set<String> SCRIPTS =
      Set.of("script", "inlinescript", "run", "command", "cmd", "commands");

  @Override
  public void check(Workflow workflow, Findings findings) {
    for (Workflow.Job job : workflow.jobs()) {
      Set<String> tainted = tainted(workflow.root(), job.body());
      for (Workflow.Step step : job.steps()) {
        Set<String> known = new TreeSet<>(tainted);
        known.addAll(tainted(step.body()));
        step.run().ifPresent(run -> script(run, known, findings));
        Yaml.each(
            Yaml.at(step.body(), "with"),
            (name, entry) -> {
              if (SCRIPTS.contains(name.toLowerCase(Locale.ROOT))
                  && entry.value() instanceof Scalar text) {
                script(text, known, findings);
              }
            });
      }
    }
  }

  /**
   * Variables with a stranger's text in them: by `${{ env.NAME }}` it comes into the script too.
   */
  private static Set<String> tainted(YamlNode... owners) {
    Set<String> names = new TreeSet<>();
    for (YamlNode owner : owners) {
      Yaml.each(
          Yaml.at(owner, "env"),
          (name, entry) -> {
            if (entry.value() instanceof Scalar value
                && Expression.in(value).stream()
                    .flatMap(Expression::references)
                    .anyMatch(NoInjection::isStrangers)) {
              names.add("env." + name.toLowerCase(Locale.ROOT));
            }
          });
    }
    return names;
  }

  private static boolean isStrangers(Expression.Reference reference) {
    return STRANGERS.matcher(reference.text()).matches()
        && !OWN.matcher(reference.text()).matches();
  }

  private static void script(Scalar script, Set<String> tainted, Findings findings) {
    for (Expression expression : Expression.in(script)) {
      expression
          .references()
          .filter(reference -> isStrangers(reference) || tainted.contains(reference.text()))
          .forEach(reference ->
              findings.error(
                  reference.at(),
                  RULE,
                  "`"
                      + reference.text()
                      + "` is somebody else's text, and becomes part of the script; pass it by"
                      + " `env` and use \"$NAME\""));
    }
  }
}

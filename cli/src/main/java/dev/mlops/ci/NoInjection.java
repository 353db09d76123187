package dev.mlops.ci;

import dev.mlops.config.YamlNode;
import dev.mlops.config.YamlNode.Scalar;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Text that a stranger can choose never becomes part of a script, and a stranger's code never runs
 * with the repository's secrets.
 *
 * @see <a href="https://docs.github.com/actions/concepts/security/script-injections">Script
 *     injections</a>
 */
final class NoInjection implements Rule {
  private static final String RULE = "script-injection";

  /** What the author of a request, an issue, a comment or a branch writes. */
  private static final List<Pattern> STRANGERS =
      List.of(
          Pattern.compile("github\\.head_ref"),
          Pattern.compile("github\\.event\\..*\\.(title|body|message|label|page_name)"),
          Pattern.compile("github\\.event\\..*\\.(name|email)"),
          Pattern.compile("github\\.event\\..*\\.head\\.(ref|label|repo\\.default_branch)"),
          Pattern.compile("github\\.event\\.workflow_run\\.(head_branch|display_title)"),
          Pattern.compile("github\\.ref_name"),
          Pattern.compile("inputs\\..*"),
          Pattern.compile("github\\.event\\.(inputs|client_payload)\\..*"));

  @Override
  public void check(Workflow workflow, Findings findings) {
    for (Workflow.Job job : workflow.jobs()) {
      for (Workflow.Step step : job.steps()) {
        step.run().ifPresent(run -> script(run, findings));
        if (step.uses()
            .filter(uses -> uses.text().startsWith("actions/github-script"))
            .isPresent()) {
          Yaml.at(step.body(), "with")
              .flatMap(with -> Yaml.scalar(with, "script"))
              .ifPresent(script -> script(script, findings));
        }
        foreignCode(workflow, step, findings);
      }
    }
  }

  private static void script(Scalar script, Findings findings) {
    for (Expression expression : Expression.in(script)) {
      expression
          .references()
          .filter(
              reference -> STRANGERS.stream().anyMatch(s -> s.matcher(reference.text()).matches()))
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

  /** The request's own code, in a run that has the repository's secrets. */
  private static void foreignCode(Workflow workflow, Workflow.Step step, Findings findings) {
    boolean trusted =
        workflow.events().stream()
            .noneMatch(e -> e.equals("pull_request_target") || e.equals("workflow_run"));
    boolean checkout =
        step.uses().filter(uses -> uses.text().startsWith("actions/checkout")).isPresent();
    if (trusted || !checkout) {
      return;
    }
    Optional<YamlNode> ref = Yaml.at(step.body(), "with").flatMap(with -> Yaml.at(with, "ref"));
    if (ref.orElse(null) instanceof Scalar scalar && scalar.text().matches("(?s).*(head|pull).*")) {
      findings.error(
          scalar.at(),
          "foreign-code",
          "checks out a stranger's code in a run that has the repository's secrets; use"
              + " `pull_request`");
    }
  }
}

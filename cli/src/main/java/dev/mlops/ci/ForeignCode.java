package dev.mlops.ci;

import dev.mlops.config.YamlNode;
import dev.mlops.config.YamlNode.Scalar;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A stranger's code never runs with the repository's secrets, nor on the owner's own machine.
 *
 * @see <a href="https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/">
 *     Preventing pwn requests</a>
 */
final class ForeignCode implements Rule {
  private static final String RULE = "foreign-code";

  /** Runs that a stranger sets off and that have the repository's secrets all the same. */
  private static final Set<String> PRIVILEGED =
      Set.of("pull_request_target", "workflow_run", "issue_comment");

  private static final Pattern HEAD = Pattern.compile("(?s).*(head|pull|merge).*");
  private static final Pattern FETCHES =
      Pattern.compile(
          "(?s).*(gh\\s+pr\\s+checkout|git\\s+(fetch|pull|checkout|switch|merge)\\b[^\\n]*"
              + "(pull/|head[._]|HEAD_SHA|HEAD_REF)).*");

  private static final Pattern FORKS_ARE_OUT =
      Pattern.compile(
          "(?s).*(head\\.repo\\.(full_name|fork)|head_repository\\.full_name|"
              + "author_association).*");

  @Override
  public void check(Workflow workflow, Findings findings) {
    boolean privileged = workflow.events().stream().anyMatch(PRIVILEGED::contains);
    for (Workflow.Job job : workflow.jobs()) {
      boolean trusted =
          Yaml.text(job.body(), "if")
              .filter(text -> FORKS_ARE_OUT.matcher(text).matches())
              .isPresent();
      if (privileged && !trusted) {
        job.steps().forEach(step -> step(step, findings));
      }
      if (workflow.events().contains("pull_request") && !trusted) {
        ownMachine(job, findings);
      }
    }
  }

  private static void step(Workflow.Step step, Findings findings) {
    String action = step.uses().map(Scalar::text).orElse("").toLowerCase(Locale.ROOT);
    if (action.startsWith("actions/checkout")) {
      chosen(step, "ref").or(() -> chosen(step, "repository")).ifPresent(at -> found(at, findings));
    } else if (action.contains("download-artifact")) {
      input(step, "run-id")
          .or(() -> input(step, "run_id"))
          .ifPresent(at ->
              findings.warning(
                  at.at(),
                  RULE,
                  "what another run has left may be a stranger's: read it, and run nothing of"
                      + " it"));
    }
    step.run()
        .filter(run -> FETCHES.matcher(run.text()).matches())
        .ifPresent(run -> found(run, findings));
  }

  private static void found(Scalar at, Findings findings) {
    findings.error(
        at.at(),
        RULE,
        "checks out a stranger's code in a run that has the repository's secrets; use"
            + " `pull_request`");
  }

  private static Optional<Scalar> chosen(Workflow.Step step, String name) {
    return input(step, name).filter(value -> HEAD.matcher(value.text()).matches());
  }

  private static Optional<Scalar> input(Workflow.Step step, String name) {
    return Yaml.at(step.body(), "with").flatMap(with -> Yaml.scalar(with, name));
  }

  private static void ownMachine(Workflow.Job job, Findings findings) {
    Optional<YamlNode> on = Yaml.at(job.body(), "runs-on");
    Optional<YamlNode> labels = on.flatMap(node -> Yaml.at(node, "labels")).or(() -> on);
    Yaml.oneOrMany(labels).stream()
        .filter(label -> label.text().equals("self-hosted"))
        .forEach(label ->
            findings.warning(
                label.at(),
                RULE,
                "anybody's pull request runs on your own machine; compare"
                    + " github.event.pull_request.head.repo.full_name with github.repository in"
                    + " the job's `if`"));
  }
}

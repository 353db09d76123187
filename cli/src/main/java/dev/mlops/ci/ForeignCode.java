package dev.mlops.ci;

import dev.mlops.config.YamlNode;
import dev.mlops.config.YamlNode.Scalar;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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

  /** What a request brings, by any of its names; not refs/heads/main. */
  private static final Pattern HEAD =
      Pattern.compile("(?s).*(\\bhead\\b|head_\\w+|\\bpull/|merge_commit_sha).*");

  private static final String FETCH = "\\bgit\\s+(fetch|pull|checkout|switch|merge)\\b[^\\n]*";
  private static final Pattern FETCHES =
      Pattern.compile("gh\\s+pr\\s+checkout|" + FETCH + "(pull/|head[._]|HEAD_SHA|HEAD_REF)");

  private static final String SAME = "\\s*==\\s*";
  private static final Pattern FORKS_ARE_OUT =
      Pattern.compile(
          "(head\\.repo|head_repository)\\.full_name"
              + SAME
              + "github\\.repository\\b|github\\.repository"
              + SAME
              + "github\\.event\\.\\w+\\.(head\\.repo|head_repository)\\.full_name"
              + "|head\\.repo\\.fork"
              + SAME
              + "false|!\\s*github\\.event\\.pull_request\\.head\\.repo\\.fork|author_association");

  @Override
  public void check(Workflow workflow, Findings findings) {
    boolean privileged = workflow.events().stream().anyMatch(PRIVILEGED::contains);
    for (Workflow.Job job : workflow.jobs()) {
      boolean trusted = leavesForksOut(job.body());
      if (privileged && !trusted) {
        job.steps().stream()
            .filter(step -> !leavesForksOut(step.body()))
            .forEach(step -> new OfStep(workflow, job, step, findings).check());
      }
      if (workflow.events().contains("pull_request") && !trusted) {
        ownMachine(job, findings);
      }
    }
  }

  private static boolean leavesForksOut(YamlNode owner) {
    return Yaml.text(owner, "if").filter(text -> FORKS_ARE_OUT.matcher(text).find()).isPresent();
  }

  /** A step of a run that has the repository's secrets. */
  private record OfStep(
      Workflow workflow, Workflow.Job job, Workflow.Step step, Findings findings) {
    void check() {
      String action = step.uses().map(Scalar::text).orElse("").toLowerCase(Locale.ROOT);
      if (action.startsWith("actions/checkout")) {
        chosen("ref").or(() -> chosen("repository")).ifPresent(at -> found(at, findings));
        step.input("ref").filter(at -> at.text().contains("steps.")).ifPresent(this::mayBeForeign);
      } else if (action.contains("download-artifact")) {
        step.input("run-id").or(() -> step.input("run_id")).ifPresent(this::leftByOthers);
      }
      step.run().filter(this::fetches).ifPresent(run -> found(run, findings));
      step.run()
          .filter(run -> run.text().matches("(?s).*\\bgh\\s+run\\s+download\\b.*"))
          .ifPresent(this::leftByOthers);
    }

    private void leftByOthers(Scalar at) {
      findings.warning(
          at.at(),
          RULE,
          "what another run has left may be a stranger's: read it, and run nothing of it");
    }

    private void mayBeForeign(Scalar at) {
      findings.warning(
          at.at(),
          RULE,
          "what a step has found out may name a stranger's code, and this run has the repository's"
              + " secrets");
    }

    private Optional<Scalar> chosen(String name) {
      return step.input(name).filter(this::isHead);
    }

    /** Also by way of a variable. */
    private boolean isHead(Scalar value) {
      return HEAD.matcher(value.text()).matches()
          || Expression.in(value).stream()
              .flatMap(Expression::references)
              .filter(reference -> reference.context().equals("env"))
              .flatMap(reference -> reference.name().stream())
              .anyMatch(heads()::contains);
    }

    private boolean fetches(Scalar run) {
      return FETCHES.matcher(run.text()).find()
          || heads().stream()
              .map(name -> Pattern.compile(FETCH + ForeignText.variable(name)))
              .anyMatch(use -> use.matcher(run.text()).find());
    }

    /** Names of variables that name a request's code, in lower case. */
    private Set<String> heads() {
      Set<String> names = new TreeSet<>();
      for (YamlNode owner : List.of(workflow.root(), job.body(), step.body())) {
        Yaml.each(
            Yaml.at(owner, "env"),
            (name, entry) -> {
              if (entry.value() instanceof Scalar text
                  && text.text().contains("${{")
                  && HEAD.matcher(text.text()).matches()) {
                names.add(name.toLowerCase(Locale.ROOT));
              }
            });
      }
      return names;
    }
  }

  private static void found(Scalar at, Findings findings) {
    findings.error(
        at.at(),
        RULE,
        "checks out a stranger's code in a run that has the repository's secrets; use"
            + " `pull_request`");
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

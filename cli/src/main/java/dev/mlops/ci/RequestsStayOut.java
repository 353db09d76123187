package dev.mlops.ci;

import dev.mlops.config.YamlNode;
import dev.mlops.config.YamlNode.Scalar;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A pull request deploys nothing where others work, before anybody has looked at it. */
final class RequestsStayOut implements Rule {
  private static final String RULE = "request-deploys";
  private static final Pattern PRODUCTION = Pattern.compile("(?i)prod|production|live");
  private static final Pattern CHOSEN =
      Pattern.compile("\\bmlopsw?\\s[^\\n]*\\s(-e|--env)[ =](?i:prod|production|live)\\b");

  /** A condition that is about the event, the branch or the merge leaves requests out. */
  private static final Pattern OTHERS_ONLY =
      Pattern.compile(
          "(?s).*(github\\.event_name\\s*(==\\s*'(?!pull_request)|!=\\s*'pull_request)"
              + "|github\\.ref(_name|_type)?\\b|pull_request\\.merged).*");

  @Override
  public void check(Workflow workflow, Findings findings) {
    if (workflow.events().stream().noneMatch(name -> name.matches("pull_request(_target)?"))) {
      return;
    }
    for (Workflow.Job job : workflow.jobs()) {
      if (!othersOnly(job.body())) {
        job(workflow, job, findings);
      }
    }
  }

  private static void job(Workflow workflow, Workflow.Job job, Findings findings) {
    List<Scalar> named =
        Stream.of(
                environment(job.body()),
                variable(job.body(), "MLOPS_ENV")
                    .or(() -> variable(workflow.root(), "MLOPS_ENV"))
                    .filter(_ -> Deploying.isIn(job)))
            .flatMap(Optional::stream)
            .filter(name -> PRODUCTION.matcher(name.text()).matches())
            .toList();
    named.forEach(name ->
        findings.error(
            name.at(),
            RULE,
            "pull requests reach '" + name.text() + "', and nobody has seen them"));
    boolean onRunner =
        variable(job.body(), "MLOPS_PLATFORM")
            .or(() -> variable(workflow.root(), "MLOPS_PLATFORM"))
            .filter(platform -> platform.text().equals("local"))
            .isPresent();
    for (Workflow.Step step : job.steps()) {
      step.run()
          .filter(_ -> !othersOnly(step.body()))
          .ifPresent(run -> {
            if (CHOSEN.matcher(run.text()).find()) {
              findings.error(run.at(), RULE, "pull requests reach production");
            } else if (named.isEmpty() && !onRunner && Deploying.isIn(step)) {
              findings.warning(
                  run.at(),
                  RULE,
                  "a pull request deploys, and nobody has seen it; `mlops ci preview up` gives it"
                      + " a namespace of its own");
            }
          });
    }
  }

  private static boolean othersOnly(YamlNode owner) {
    return Yaml.text(owner, "if").filter(text -> OTHERS_ONLY.matcher(text).matches()).isPresent();
  }

  private static Optional<Scalar> environment(YamlNode job) {
    return Yaml.scalar(job, "environment")
        .or(() -> Yaml.at(job, "environment").flatMap(node -> Yaml.scalar(node, "name")));
  }

  private static Optional<Scalar> variable(YamlNode owner, String name) {
    return Yaml.at(owner, "env").flatMap(env -> Yaml.scalar(env, name));
  }
}

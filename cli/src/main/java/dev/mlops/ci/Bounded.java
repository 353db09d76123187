package dev.mlops.ci;

import java.util.Set;

/** A job that hangs is ended, and two pushes do not deploy over each other. */
final class Bounded implements Rule {
  private static final Set<String> DEPLOYS = Set.of("deploy", "up", "destroy", "rollback");

  @Override
  public void check(Workflow workflow, Findings findings) {
    boolean grouped = Yaml.at(workflow.root(), "concurrency").isPresent();
    for (Workflow.Job job : workflow.jobs()) {
      if (!job.isCall() && Yaml.at(job.body(), "timeout-minutes").isEmpty()) {
        findings.warning(
            job.at(),
            "no-timeout",
            "job '" + job.id() + "' may hang for six hours; give it `timeout-minutes`");
      }
      if (deploys(job) && !grouped && Yaml.at(job.body(), "concurrency").isEmpty()) {
        findings.warning(
            job.at(),
            "no-concurrency",
            "job '"
                + job.id()
                + "' deploys, and two runs of it may overlap; give it"
                + " `concurrency`, one group for each environment");
      }
    }
  }

  private static boolean deploys(Workflow.Job job) {
    return job.steps().stream()
        .flatMap(step -> step.run().stream())
        .anyMatch(run -> deploys(run.text()));
  }

  private static boolean deploys(String script) {
    return DEPLOYS.stream()
            .anyMatch(verb -> script.matches("(?s).*\\bmlopsw?\\s+" + verb + "\\b.*"))
        || script.matches("(?s).*\\bkubectl\\s+(apply|rollout)\\b.*");
  }
}

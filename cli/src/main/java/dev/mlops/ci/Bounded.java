package dev.mlops.ci;

import dev.mlops.config.YamlNode;
import dev.mlops.config.YamlNode.Scalar;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A job that hangs is ended; two pushes do not deploy over each other, and none half-way. */
final class Bounded implements Rule {
  private static final String OVERLAP = "no-concurrency";

  @Override
  public void check(Workflow workflow, Findings findings) {
    Optional<YamlNode> all = Yaml.at(workflow.root(), "concurrency");
    for (Workflow.Job job : workflow.jobs()) {
      if (!job.isCall() && Yaml.at(job.body(), "timeout-minutes").isEmpty()) {
        findings.warning(
            job.at(),
            "no-timeout",
            "job '" + job.id() + "' may hang for six hours; give it `timeout-minutes`");
      }
      if (Deploying.isIn(job)) {
        Optional<YamlNode> own = Yaml.at(job.body(), "concurrency");
        concurrency(job, Stream.concat(all.stream(), own.stream()).toList(), findings);
      }
    }
  }

  private static void concurrency(Workflow.Job job, List<YamlNode> groups, Findings findings) {
    if (groups.isEmpty()) {
      findings.warning(
          job.at(),
          OVERLAP,
          "job '"
              + job.id()
              + "' deploys, and two runs of it may overlap; give it"
              + " `concurrency`, one group for each environment");
    }
    for (YamlNode node : groups) {
      Yaml.scalar(node, "cancel-in-progress")
          .filter(cancel -> cancel.text().equals("true"))
          .ifPresent(cancel ->
              findings.warning(
                  cancel.at(),
                  OVERLAP,
                  "job '" + job.id() + "' deploys, and the next run would end it half-way"));
      group(node)
          .filter(name -> name.text().matches("(?s).*github\\.(run_|sha\\b).*"))
          .ifPresent(name ->
              findings.warning(
                  name.at(), OVERLAP, "each run has a group of its own, so deployments overlap"));
    }
  }

  private static Optional<Scalar> group(YamlNode concurrency) {
    return concurrency instanceof Scalar name
        ? Optional.of(name)
        : Yaml.scalar(concurrency, "group");
  }
}

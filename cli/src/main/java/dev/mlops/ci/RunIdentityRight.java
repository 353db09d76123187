package dev.mlops.ci;

import dev.mlops.config.YamlNode;
import dev.mlops.config.YamlNode.Scalar;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Who logs in as this run has the right to its token, without which there is none. */
final class RunIdentityRight implements Rule {
  /** An input of the action by which it is this run that logs in. */
  private static final Map<String, String> AS_THIS_RUN =
      Map.of(
          "google-github-actions/auth", "workload_identity_provider",
          "azure/login", "client-id",
          "aws-actions/configure-aws-credentials", "role-to-assume");

  @Override
  public void check(Workflow workflow, Findings findings) {
    for (Workflow.Job job : workflow.jobs()) {
      Optional<YamlNode> rights =
          Yaml.at(job.body(), "permissions")
              .or(() -> Yaml.at(workflow.root(), "permissions"))
              .filter(node -> !isGiven(node));
      if (rights.isPresent()) {
        job.steps().forEach(step -> step(step, findings));
      }
    }
  }

  private static boolean isGiven(YamlNode permissions) {
    return (permissions instanceof Scalar all && all.text().equals("write-all"))
        || Yaml.text(permissions, "id-token").filter("write"::equals).isPresent();
  }

  private static void step(Workflow.Step step, Findings findings) {
    boolean asThisRun =
        step.action()
            .map(action -> AS_THIS_RUN.get(action.toLowerCase(Locale.ROOT)))
            .flatMap(input -> step.inputs().flatMap(with -> Yaml.at(with, input)))
            .isPresent();
    step.uses()
        .filter(_ -> asThisRun)
        .ifPresent(uses ->
            findings.warning(
                uses.at(),
                "permissions",
                "logs in as this run, which needs the right `id-token: write`"));
  }
}

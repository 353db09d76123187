package dev.mlops.ci;

import dev.mlops.config.YamlNode.Scalar;
import java.util.regex.Pattern;

/** Commands that change what runs somewhere. */
final class Deploying {
  private static final Pattern COMMAND =
      Pattern.compile(
          "\\bmlopsw?\\s+(-\\S+\\s+(\\S+\\s+)?)?(deploy|up|destroy|rollback|promote)\\b"
              + "|\\bkubectl\\s+(-\\S+\\s+\\S+\\s+)?(apply|replace|rollout|set\\s+image)\\b"
              + "|\\bhelm\\s+(upgrade|install)\\b"
              + "|\\b(terraform|tofu)\\s+(-\\S+\\s+)?(apply|destroy)\\b"
              + "|\\bpulumi\\s+up\\b|\\bcdk\\s+deploy\\b"
              + "|\\bgcloud\\s+(run|app|functions)\\s+deploy\\b"
              + "|\\baws\\s+(ecs\\s+update-service|cloudformation\\s+deploy|lambda\\s+update-function-code)\\b"
              + "|\\baz\\s+(webapp|containerapp|functionapp)\\s+(up|update|deploy)\\b");

  private Deploying() {}

  static boolean isIn(Workflow.Job job) {
    return job.steps().stream().anyMatch(Deploying::isIn);
  }

  static boolean isIn(Workflow.Step step) {
    return step.run().map(Scalar::text).filter(run -> COMMAND.matcher(run).find()).isPresent();
  }
}

package dev.mlops.ci;

import dev.mlops.config.YamlNode.Scalar;
import java.util.Map;

/**
 * Commands in a script's output that GitHub takes no longer, or soon.
 *
 * @see <a href="https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands">
 *     Workflow commands</a>
 */
final class DeadCommands implements Rule {
  private static final Map<String, String> INSTEAD =
      Map.of(
          "::set-output ", "GITHUB_OUTPUT",
          "::save-state ", "GITHUB_STATE",
          "::set-env ", "GITHUB_ENV",
          "::add-path::", "GITHUB_PATH");

  @Override
  public void check(Workflow workflow, Findings findings) {
    for (Workflow.Job job : workflow.jobs()) {
      job.steps().forEach(step -> step.run().ifPresent(run -> check(run, findings)));
    }
  }

  private static void check(Scalar run, Findings findings) {
    INSTEAD.forEach((command, file) -> {
      if (run.text().contains(command)) {
        findings.error(
            run.at(),
            "dead-command",
            "`" + command.strip() + "` is taken no longer; write to the file \"$" + file + "\"");
      }
    });
  }
}

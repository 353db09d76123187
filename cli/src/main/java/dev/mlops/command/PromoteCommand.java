package dev.mlops.command;

import dev.mlops.lifecycle.Project;
import dev.mlops.lifecycle.PromoteRecipe;
import dev.mlops.problem.Code;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "promote",
    description = {
      "Deploy one environment's running release to another: the same image, by digest.",
      "It must be ready, predict as in training, and pass the other environment's gate."
    })
final class PromoteCommand implements Callable<Integer> {
  @Option(
      names = "--from",
      required = true,
      paramLabel = "NAME",
      description = "Environment to take the release from.")
  private String from;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "NAME",
      description = "Environment to deploy it to.")
  private String to;

  @Mixin private ApplyFlags flags = new ApplyFlags();

  private final Mlops mlops;

  PromoteCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() throws Exception {
    if (from.equals(to)) {
      throw Code.USAGE.problem(
          "--from and --to name the same environment", "", "mlops promote --help");
    }
    Project project = mlops.projectAsItRuns(from, "--from");
    var source = new PromoteRecipe.Source(project, mlops.platform(project));
    return mlops.change(
        "promote",
        mlops.projectAsItRuns(to, "--to"),
        (target, platform) -> PromoteRecipe.plan(source, target, platform, flags.options()),
        "mlops status --env " + to,
        "mlops rollback --env " + to);
  }
}

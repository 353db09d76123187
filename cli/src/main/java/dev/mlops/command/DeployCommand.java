package dev.mlops.command;

import dev.mlops.lifecycle.DeployRecipe;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "deploy",
    description = "Roll out the image that is built, wait until it is ready, and verify it.")
final class DeployCommand implements Callable<Integer> {
  @Mixin private ApplyFlags flags = new ApplyFlags();

  private final Mlops mlops;

  DeployCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() throws Exception {
    return mlops.change(
        "deploy",
        mlops.project(),
        (project, platform) -> DeployRecipe.plan(project, platform, flags.options()),
        "mlops status",
        "mlops loadtest");
  }
}

package dev.mlops.command;

import dev.mlops.lifecycle.DeployRecipe;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "up",
    description = "Train, build, deploy and verify: everything that is not yet so.")
final class UpCommand implements Callable<Integer> {
  @Mixin private ApplyFlags flags = new ApplyFlags();

  private final Mlops mlops;

  UpCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() throws Exception {
    return mlops.change(
        "up",
        mlops.project(),
        (project, platform) -> DeployRecipe.fromData(project, platform, flags.options()),
        "mlops status",
        "mlops logs -f",
        "mlops loadtest");
  }
}

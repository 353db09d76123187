package dev.mlops.command;

import dev.mlops.lifecycle.DeployRecipe;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "deploy",
    description = "Roll out the image that has been built, wait until it is ready, and verify it.")
final class DeployCommand implements Callable<Integer> {
  @Mixin private ApplyFlags flags = new ApplyFlags();

  @Option(
      names = "--loadtest",
      description =
          "Then run the project's load test; if a gate is missed, roll back to the previous"
              + " release.")
  private boolean loadtest;

  private final Mlops mlops;

  DeployCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() throws Exception {
    if (loadtest) {
      return new GatedDeploy(mlops, mlops.project()).call(flags.options());
    }
    return mlops.change(
        "deploy",
        mlops.project(),
        (project, platform) -> DeployRecipe.plan(project, platform, flags.options()),
        "mlops status",
        "mlops loadtest");
  }
}

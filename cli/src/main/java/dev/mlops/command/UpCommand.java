package dev.mlops.command;

import dev.mlops.lifecycle.DeployRecipe;
import dev.mlops.lifecycle.Project;
import dev.mlops.problem.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "up",
    description = "Train, build, deploy and verify, as far as it is not already done.")
final class UpCommand implements Callable<Integer> {
  @Mixin private ApplyFlags flags = new ApplyFlags();

  @Option(
      names = {"-y", "--yes"},
      description = "Don't ask before creating something that costs money.")
  private boolean yes;

  private final Mlops mlops;

  UpCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() throws Exception {
    Project project = mlops.project();
    if (!new Spending(mlops.console(), project, mlops.platform(project)).isAgreed(List.of(), yes)) {
      mlops.console().say("Nothing was made.");
      return ExitCode.FAILED.status();
    }
    return mlops.change(
        "up",
        project,
        (here, platform) -> DeployRecipe.fromData(here, platform, flags.options()),
        "mlops status",
        "mlops logs -f",
        "mlops loadtest");
  }
}

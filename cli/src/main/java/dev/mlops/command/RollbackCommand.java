package dev.mlops.command;

import dev.mlops.lifecycle.RollbackRecipe;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "rollback",
    description = "Go back to an earlier release: its image, by digest, and its manifests.")
final class RollbackCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "RELEASE",
      description =
          "Name or revision, as listed by `mlops releases`; default: the previous good one.")
  private Optional<String> release = Optional.empty();

  @Mixin private ApplyFlags flags = new ApplyFlags();

  private final Mlops mlops;

  RollbackCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() throws Exception {
    return mlops.change(
        "rollback",
        mlops.projectAsItRuns(),
        (project, platform) -> RollbackRecipe.plan(project, platform, release, flags.options()),
        "mlops status",
        "mlops releases");
  }
}

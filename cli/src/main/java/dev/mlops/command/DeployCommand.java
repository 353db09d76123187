package dev.mlops.command;

import dev.mlops.lifecycle.DeployRecipe;
import dev.mlops.lifecycle.Project;
import dev.mlops.plan.Mode;
import dev.mlops.plan.RunReport;
import dev.mlops.platform.Platform;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "deploy",
    description = "Roll out the image that is built, wait until it is ready, and verify it.")
final class DeployCommand implements Callable<Integer> {
  private final Mlops mlops;

  DeployCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() throws Exception {
    Project project = mlops.project();
    Platform platform = mlops.platform(project);
    PlanRun run = new PlanRun(mlops.console(), project, platform);
    try (var _ = mlops.lock(project, "deploy")) {
      RunReport report = run.run(DeployRecipe.plan(project, platform), Mode.APPLY);
      return run.finish(report, () -> run.view(report, List.of("mlops status", "mlops loadtest")));
    }
  }
}

package dev.mlops.command;

import dev.mlops.lifecycle.PowerRecipe;
import dev.mlops.lifecycle.Project;
import dev.mlops.plan.Mode;
import dev.mlops.plan.RunReport;
import dev.mlops.platform.Platform;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "resume", description = "Bring back exactly what ran before the pause.")
final class ResumeCommand implements Callable<Integer> {
  private final Mlops mlops;

  ResumeCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() throws Exception {
    Project project = mlops.projectAsItRuns();
    Platform platform = mlops.platform(project);
    PlanRun run = new PlanRun(mlops.console(), project, platform);
    try (var _ = mlops.lock(project, "resume")) {
      RunReport report = run.run(PowerRecipe.resume(project, platform), Mode.APPLY);
      return run.finish(report, () -> run.view(report, List.of("mlops status")));
    }
  }
}

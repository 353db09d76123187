package dev.mlops.command;

import dev.mlops.console.TrainView;
import dev.mlops.lifecycle.Project;
import dev.mlops.lifecycle.TrainRecipe;
import dev.mlops.plan.Mode;
import dev.mlops.plan.Plan;
import dev.mlops.plan.Ref;
import dev.mlops.plan.RunReport;
import dev.mlops.training.Artifact;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "train",
    description = "Train the model and hold it against its gate; exit code 4 if it misses.")
final class TrainCommand implements Callable<Integer> {
  private final Mlops mlops;

  TrainCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() throws Exception {
    Project project = mlops.project();
    PlanRun run = new PlanRun(mlops.console(), project, mlops.platform(project));
    try (var _ = mlops.lock(project, "train")) {
      Plan plan = new Plan();
      Ref<Artifact> artifact = TrainRecipe.addTo(plan, project);
      RunReport report = run.run(plan, Mode.APPLY);
      return run.finish(report, () -> new TrainView(artifact.get(), List.of("mlops up")));
    }
  }
}

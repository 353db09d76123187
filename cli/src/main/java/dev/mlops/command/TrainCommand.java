package dev.mlops.command;

import dev.mlops.console.TrainView;
import dev.mlops.lifecycle.Project;
import dev.mlops.lifecycle.TrainRecipe;
import dev.mlops.plan.Mode;
import dev.mlops.plan.Plan;
import dev.mlops.plan.Ref;
import dev.mlops.plan.RunReport;
import dev.mlops.platform.Platform;
import dev.mlops.training.Artifact;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "train",
    description = "Train the model and check it against its gate; exit code 4 if it fails.")
final class TrainCommand implements Callable<Integer> {
  /** Its names are the config's own, as is what they mean. */
  private enum Place {
    here,
    cluster
  }

  @Option(
      names = "--on",
      paramLabel = "PLACE",
      description =
          "here, or cluster (as a Job on the platform); the same as --set training.on=PLACE.")
  private Optional<Place> on = Optional.empty();

  private final Mlops mlops;

  TrainCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() throws Exception {
    on.ifPresent(place -> mlops.set("training.on=" + place));
    Project project = mlops.project();
    Platform platform = mlops.platform(project);
    PlanRun run = new PlanRun(mlops.console(), project, platform);
    try (var _ = mlops.lock(project, "train")) {
      Plan plan = new Plan();
      Ref<Artifact> artifact = TrainRecipe.addTo(plan, project, platform, true);
      RunReport report = run.run(plan, Mode.APPLY);
      return run.finish(report, () -> new TrainView(artifact.get(), List.of("mlops up")));
    }
  }
}

package dev.mlops.command;

import dev.mlops.console.ManifestsView;
import dev.mlops.lifecycle.DeployRecipe;
import dev.mlops.lifecycle.Project;
import dev.mlops.platform.Platform;
import dev.mlops.problem.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "manifests",
    description = "Print the objects that `deploy` would apply, without applying them.")
final class ManifestsCommand implements Callable<Integer> {
  private final Mlops mlops;

  ManifestsCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() {
    Project project = mlops.project();
    Platform platform = mlops.platform(project);
    mlops
        .console()
        .answer(
            new ManifestsView(
                project.environment(), platform.kind(), DeployRecipe.manifests(project, platform)));
    return ExitCode.DONE.status();
  }
}

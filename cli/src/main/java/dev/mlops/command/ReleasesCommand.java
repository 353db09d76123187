package dev.mlops.command;

import dev.mlops.console.ReleasesView;
import dev.mlops.lifecycle.Project;
import dev.mlops.platform.Platform;
import dev.mlops.problem.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "releases", description = "List the releases that you can roll back to.")
final class ReleasesCommand implements Callable<Integer> {
  private final Mlops mlops;

  ReleasesCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() {
    Project project = mlops.projectAsItRuns();
    Platform platform = mlops.platform(project);
    mlops
        .console()
        .answer(
            new ReleasesView(
                project.environment(),
                platform.kind(),
                project.config().image().repository(),
                platform.releases().list()));
    return ExitCode.DONE.status();
  }
}

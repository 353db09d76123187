package dev.mlops.command;

import dev.mlops.console.StatusView;
import dev.mlops.drift.DriftSurvey;
import dev.mlops.lifecycle.CostRecipe;
import dev.mlops.lifecycle.Project;
import dev.mlops.platform.Platform;
import dev.mlops.platform.Status;
import dev.mlops.problem.ExitCode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "status", description = "Show what runs, since when, and where it answers.")
final class StatusCommand implements Callable<Integer> {
  private final Mlops mlops;

  StatusCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() throws InterruptedException {
    Project project = mlops.projectAsItRuns();
    Platform platform = mlops.platform(project);
    Status status = platform.workloads().status();
    mlops
        .console()
        .answer(
            new StatusView(
                project.environment(),
                platform.kind(),
                platform.target(),
                project.config().image().repository(),
                status,
                platform.workloads().events(),
                drift(project, platform, status),
                CostRecipe.known(project),
                next(status)));
    return ExitCode.DONE.status();
  }

  /** A service of the user's own does not count it. */
  private static Optional<DriftSurvey> drift(Project project, Platform platform, Status status)
      throws InterruptedException {
    boolean counts = project.config().model().isTrained() && status.state() == Status.State.RUNNING;
    return counts ? Optional.of(DriftSurvey.of(status, platform.workloads())) : Optional.empty();
  }

  private static List<String> next(Status status) {
    return switch (status.state()) {
      case RUNNING ->
          List.of(
              "mlops logs -f",
              status.endpoint().isEmpty() ? "mlops open" : "mlops loadtest",
              "mlops pause");
      case PAUSED -> List.of("mlops resume");
      case DEGRADED -> List.of("mlops logs", "mlops up");
      case ABSENT -> List.of("mlops up");
    };
  }
}

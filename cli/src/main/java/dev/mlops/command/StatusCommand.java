package dev.mlops.command;

import dev.mlops.console.StatusView;
import dev.mlops.drift.DriftSurvey;
import dev.mlops.lifecycle.CostRecipe;
import dev.mlops.lifecycle.Project;
import dev.mlops.platform.Meters;
import dev.mlops.platform.Platform;
import dev.mlops.platform.Status;
import dev.mlops.problem.ExitCode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import picocli.CommandLine.Command;

@Command(name = "status", description = "Show what is running, since when, and at which address.")
final class StatusCommand implements Callable<Integer> {
  private final Mlops mlops;

  StatusCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() throws InterruptedException {
    Project project = mlops.projectAsItRuns();
    Platform platform = mlops.platform(project);
    var meters = new FutureTask<>(platform.meters()::read);
    Thread.ofVirtual().name("meters").start(meters);
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
                seen(meters),
                platform.workloads().events(),
                drift(project, platform, status),
                CostRecipe.known(project),
                next(status)));
    return ExitCode.DONE.status();
  }

  /** What nothing measures stays untold: what runs does not depend on it. */
  private static List<Meters.Reading> seen(FutureTask<List<Meters.Reading>> meters)
      throws InterruptedException {
    try {
      return meters.get();
    } catch (ExecutionException e) {
      return List.of();
    }
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

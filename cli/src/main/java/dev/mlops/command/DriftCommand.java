package dev.mlops.command;

import dev.mlops.console.DriftView;
import dev.mlops.drift.DriftCounts;
import dev.mlops.drift.DriftSurvey;
import dev.mlops.lifecycle.Project;
import dev.mlops.platform.Platform;
import dev.mlops.problem.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "drift",
    description =
        "Compare the requests that the service gets with the data its model was trained on.")
final class DriftCommand implements Callable<Integer> {
  @Option(
      names = "--exit-code",
      description =
          "Exit with 3 if the drift of a feature or of the prediction is moderate or large.")
  private boolean exitCode;

  private final Mlops mlops;

  DriftCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() throws InterruptedException {
    Project project = mlops.projectAsItRuns();
    Platform platform = mlops.platform(project);
    DriftSurvey survey =
        DriftSurvey.of(platform.workloads().status().requireRunning(), platform.workloads());
    mlops
        .console()
        .answer(
            new DriftView(project.environment(), platform.kind(), survey, List.of("mlops status")));
    boolean drifted =
        survey.counts().map(DriftCounts::worst).stream().anyMatch(c -> c.reading().isDrift());
    return (exitCode && drifted ? ExitCode.DIFFERENCES : ExitCode.DONE).status();
  }
}

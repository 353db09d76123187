package dev.mlops.command;

import dev.mlops.config.Service;
import dev.mlops.console.TopView;
import dev.mlops.lifecycle.Project;
import dev.mlops.platform.Platform;
import dev.mlops.problem.Code;
import dev.mlops.problem.ExitCode;
import dev.mlops.usage.Survey;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "top",
    description = {
      "Show how much of its limits each replica uses, and how many requests it answers.",
      "On a terminal it updates until Ctrl-C; elsewhere it prints once."
    })
final class TopCommand implements Callable<Integer> {
  private static final Duration SHORTEST = Duration.ofMillis(500);

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      description =
          "Time between updates, and the time that rates refer to; default: ${DEFAULT-VALUE}.")
  private Duration interval = Duration.ofSeconds(2);

  @Option(names = "--once", description = "Print once, even on a terminal.")
  private boolean once;

  private final Mlops mlops;

  TopCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() throws Exception {
    if (interval.compareTo(SHORTEST) < 0) {
      throw Code.USAGE.problem("--interval is 0.5s or longer", "", "mlops top --help");
    }
    return Mlops.untilInterrupted(this::show);
  }

  private int show() throws InterruptedException {
    Project project = mlops.projectAsItRuns();
    Platform platform = mlops.platform(project);
    Service service = project.config().service();
    Survey survey =
        new Survey(platform, Set.of(service.liveness().text(), service.readiness().text()));
    survey.look();
    while (true) {
      Thread.sleep(interval);
      var view = new TopView(project.environment(), platform.kind(), survey.look());
      if (once || !mlops.console().isLive()) {
        mlops.console().answer(view);
        return ExitCode.DONE.status();
      }
      mlops.console().redraw(view);
    }
  }
}

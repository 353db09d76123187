package dev.mlops.command;

import dev.mlops.lifecycle.Project;
import dev.mlops.platform.Logs;
import dev.mlops.problem.ExitCode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "logs", description = "Print the logs of all replicas, merged.")
final class LogsCommand implements Callable<Integer> {
  @Option(
      names = {"-f", "--follow"},
      description = "Go on until Ctrl-C, with replicas that come later too.")
  private boolean follow;

  @Option(
      names = {"-n", "--tail"},
      paramLabel = "LINES",
      description = "Lines of each replica to begin with; ${DEFAULT-VALUE} otherwise.")
  private int tail = 100;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only what is younger, such as 10m or 2h.")
  private Optional<Duration> since = Optional.empty();

  @Option(
      names = "--replica",
      paramLabel = "NAME",
      description = "Only of this one; `mlops status` lists them.")
  private Optional<String> replica = Optional.empty();

  private final Mlops mlops;

  LogsCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() {
    Project project = mlops.projectAsItRuns();
    Logs logs = mlops.platform(project).logs();
    try {
      logs.read(
          new Logs.Query(follow, tail, since, replica),
          line -> mlops.console().logLine(line.replica(), line.text()));
    } catch (InterruptedException e) {
      // Ctrl-C is how one stops following: no failure to speak of.
      return ExitCode.INTERRUPTED.status();
    }
    return ExitCode.DONE.status();
  }
}

package dev.mlops.command;

import dev.mlops.lifecycle.Project;
import dev.mlops.platform.Logs;
import dev.mlops.problem.ExitCode;
import dev.mlops.problem.MlopsException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "logs", description = "Print the logs of all replicas, sorted by time.")
final class LogsCommand implements Callable<Integer> {
  private static final int USUAL_TAIL = 100;

  @Option(
      names = {"-f", "--follow"},
      description = "Keep following until Ctrl-C, including replicas that start later.")
  private boolean follow;

  @Option(
      names = {"-n", "--tail"},
      paramLabel = "LINES",
      description =
          "Lines to show from the end of each replica's log; default: 100, or all with --trace or"
              + " --level.")
  private Optional<Integer> tail = Optional.empty();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only lines newer than this, such as 10m or 2h.")
  private Optional<Duration> since = Optional.empty();

  @Option(
      names = "--replica",
      paramLabel = "NAME",
      description = "Only this replica; `mlops status` lists them.")
  private Optional<String> replica = Optional.empty();

  @Option(
      names = "--trace",
      paramLabel = "ID",
      description = "Only lines of this trace, from any replica.")
  private Optional<String> trace = Optional.empty();

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      description = "Only this level and above: ${COMPLETION-CANDIDATES}.")
  private Optional<LogFilter.Level> level = Optional.empty();

  private final Mlops mlops;

  LogsCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() throws Exception {
    return Mlops.untilInterrupted(this::print);
  }

  private int print() throws InterruptedException {
    Project project = mlops.projectAsItRuns();
    Logs logs = mlops.platform(project).logs();
    LogFilter filter = new LogFilter(trace, level);
    int lines = tail.orElse(filter.isWanted() ? Integer.MAX_VALUE : USUAL_TAIL);
    if (read(logs, new Logs.Query(follow, lines, since, replica), filter) == 0) {
      mlops.console().say("No lines of a replica in environment " + project.environment() + ".");
    }
    return ExitCode.DONE.status();
  }

  /**
   * Until the end, or until nobody reads what is written: {@code mlops logs -f | head}.
   *
   * @return how many lines were written
   */
  private int read(Logs logs, Logs.Query query, LogFilter filter) throws InterruptedException {
    Thread reader = Thread.currentThread();
    var written = new AtomicInteger();
    var isRead = new AtomicBoolean(true);
    try {
      logs.read(
          query,
          line -> {
            boolean isWanted = isRead.get() && filter.test(line.text());
            written.addAndGet(isWanted ? 1 : 0);
            if (isWanted && !mlops.console().logLine(line.replica(), line.text())) {
              isRead.set(false);
              reader.interrupt();
            }
          });
    } catch (InterruptedException | MlopsException e) {
      if (isRead.get()) {
        throw e;
      }
    }
    if (!isRead.get()) {
      boolean _ = Thread.interrupted(); // It was our own.
    }
    return written.get();
  }
}

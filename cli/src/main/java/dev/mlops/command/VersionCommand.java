package dev.mlops.command;

import dev.mlops.console.VersionView;
import dev.mlops.problem.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "version", description = "Print the version of mlops and of the Java it runs on.")
final class VersionCommand implements Callable<Integer> {
  private final Mlops mlops;

  VersionCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() {
    mlops.console().answer(new VersionView(ToolVersion.number(), Runtime.version().toString()));
    return ExitCode.DONE.status();
  }
}

package dev.mlops.command;

import dev.mlops.console.HelpView;
import dev.mlops.problem.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** For those who know it from git, kubectl and gh; {@code --help} says the same. */
@Command(name = "help", description = "Show how a command is used, as --help does.")
final class HelpCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..*",
      description = "Such as `loadtest` or `ci preview`; default: the list of all commands.")
  private final List<String> path = new ArrayList<>();

  @Spec private CommandSpec spec;

  private final Mlops mlops;

  HelpCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() {
    CommandLine line = spec.root().commandLine();
    for (String name : path) {
      CommandLine next = line.getSubcommands().get(name);
      if (next == null) {
        throw new CommandLine.UnmatchedArgumentException(line, List.of(name));
      }
      line = next;
    }
    mlops.console().answer(new HelpView(line.getUsageMessage().stripTrailing()));
    return ExitCode.DONE.status();
  }
}

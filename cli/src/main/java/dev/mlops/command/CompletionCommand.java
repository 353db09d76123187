package dev.mlops.command;

import dev.mlops.console.CompletionView;
import dev.mlops.problem.ExitCode;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

@Command(
    name = "completion",
    description = {
      "Print a script that lets bash and zsh complete commands, options and their values.",
      "To load it in this shell: source <(mlops completion)"
    })
final class CompletionCommand implements Callable<Integer> {
  private final Mlops mlops;

  CompletionCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() {
    mlops.console().answer(new CompletionView(AutoComplete.bash("mlops", Verbs.all(mlops))));
    return ExitCode.DONE.status();
  }
}

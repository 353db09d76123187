package dev.mlops.command;

import dev.mlops.lifecycle.PowerRecipe;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "resume", description = "Bring back exactly what was running before the pause.")
final class ResumeCommand implements Callable<Integer> {
  private final Mlops mlops;

  ResumeCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() throws Exception {
    return mlops.change("resume", mlops.projectAsItRuns(), PowerRecipe::resume, "mlops status");
  }
}

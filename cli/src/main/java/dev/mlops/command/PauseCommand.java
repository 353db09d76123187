package dev.mlops.command;

import dev.mlops.lifecycle.PowerRecipe;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "pause", description = "Stop what costs money, and remember replicas and scaling.")
final class PauseCommand implements Callable<Integer> {
  private final Mlops mlops;

  PauseCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() throws Exception {
    return mlops.change("pause", mlops.projectAsItRuns(), PowerRecipe::pause, "mlops resume");
  }
}

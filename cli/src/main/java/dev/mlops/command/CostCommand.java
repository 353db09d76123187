package dev.mlops.command;

import dev.mlops.console.CostView;
import dev.mlops.lifecycle.CostRecipe;
import dev.mlops.lifecycle.Project;
import dev.mlops.problem.Code;
import dev.mlops.problem.ExitCode;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "cost",
    description = "Show the list price of everything in the config, running and paused.")
final class CostCommand implements Callable<Integer> {
  @Option(
      names = "--rate",
      paramLabel = "PER_SECOND",
      description =
          "Also show what 1,000 predictions cost at this rate per second, as measured by `loadtest`.")
  private BigDecimal rate;

  private final Mlops mlops;

  CostCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() {
    if (rate != null && rate.signum() <= 0) {
      throw Code.USAGE.problem("--rate must be above 0", "", "mlops cost --rate 100");
    }
    Project project = mlops.project();
    mlops
        .console()
        .answer(
            new CostView(
                project.environment(),
                project.config().platform().label(),
                CostRecipe.estimate(project),
                Optional.ofNullable(rate)));
    return ExitCode.DONE.status();
  }
}

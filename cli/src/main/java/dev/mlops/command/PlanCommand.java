package dev.mlops.command;

import dev.mlops.console.PlanView;
import dev.mlops.lifecycle.CostRecipe;
import dev.mlops.lifecycle.DeployRecipe;
import dev.mlops.lifecycle.Project;
import dev.mlops.plan.Mode;
import dev.mlops.plan.RunReport;
import dev.mlops.platform.Platform;
import dev.mlops.platform.Provisioning.ByHand;
import dev.mlops.problem.ExitCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "plan", description = "Show what `up` would change, without changing anything.")
final class PlanCommand implements Callable<Integer> {
  @Option(names = "--exit-code", description = "Exit with 3 if there is something to do.")
  private boolean exitCode;

  @Option(
      names = "--explain",
      description =
          "For each step, show the commands of the platform's own tools that would do the same.")
  private boolean explain;

  private final Mlops mlops;

  PlanCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() throws Exception {
    Project project = mlops.project();
    Platform platform = mlops.platform(project);
    PlanRun run = new PlanRun(mlops.console(), project, platform);
    RunReport report = run.run(DeployRecipe.fromData(project, platform), Mode.PLAN);
    boolean something = report.changed() > 0;
    int status =
        run.finish(
            report,
            () ->
                new PlanView(
                    run.view(report, Optional.empty(), something ? List.of("mlops up") : List.of()),
                    CostRecipe.estimate(project),
                    explain ? byHand(report, platform) : Map.of()));
    return status == ExitCode.DONE.status() && exitCode && something
        ? ExitCode.DIFFERENCES.status()
        : status;
  }

  private static Map<String, ByHand> byHand(RunReport report, Platform platform) {
    return report.steps().stream()
        .map(RunReport.Entry::id)
        .distinct()
        .collect(Collectors.toMap(Function.identity(), platform.provisioning()::byHand));
  }
}

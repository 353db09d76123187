package dev.mlops.command;

import dev.mlops.console.ProvisionView;
import dev.mlops.lifecycle.Project;
import dev.mlops.lifecycle.ProvisionRecipe;
import dev.mlops.plan.Mode;
import dev.mlops.plan.Plan;
import dev.mlops.plan.RunReport;
import dev.mlops.platform.Platform;
import dev.mlops.problem.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "provision",
    description =
        "Create what the environment needs and does not have yet: cluster, registry,"
            + " identities.")
final class ProvisionCommand implements Callable<Integer> {
  @Option(
      names = "--only",
      split = ",",
      paramLabel = "ID",
      description = "Only these steps and what they need, such as cluster,registry.")
  private List<String> only = new ArrayList<>();

  @Option(
      names = {"-y", "--yes"},
      description = "Don't ask before creating something that costs money.")
  private boolean yes;

  private final Mlops mlops;

  ProvisionCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() throws Exception {
    Project project = mlops.projectAsItRuns();
    Platform platform = mlops.platform(project);
    PlanRun run = new PlanRun(mlops.console(), project, platform);
    if (!new Spending(mlops.console(), project, platform).isAgreed(only, yes)) {
      mlops.console().say("Nothing was made.");
      return ExitCode.FAILED.status();
    }
    try (var _ = mlops.lock(project, "provision")) {
      Plan plan = ProvisionRecipe.plan(platform, only);
      RunReport report = run.run(plan, Mode.APPLY);
      return run.finish(
          report, () -> new ProvisionView(run.view(report, Optional.empty(), List.of("mlops up"))));
    }
  }
}

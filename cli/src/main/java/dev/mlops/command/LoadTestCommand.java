package dev.mlops.command;

import dev.mlops.console.LoadView;
import dev.mlops.lifecycle.LoadOrder;
import dev.mlops.lifecycle.LoadRecipe;
import dev.mlops.lifecycle.LoadVerdict;
import dev.mlops.lifecycle.Project;
import dev.mlops.loadtest.Gate;
import dev.mlops.loadtest.LoadOverrides;
import dev.mlops.loadtest.LoadResult;
import dev.mlops.loadtest.Target;
import dev.mlops.loadtest.Wait;
import dev.mlops.plan.Mode;
import dev.mlops.plan.Plan;
import dev.mlops.plan.Ref;
import dev.mlops.plan.RunReport;
import dev.mlops.platform.Platform;
import dev.mlops.problem.Code;
import dev.mlops.problem.ExitCode;
import dev.mlops.problem.MlopsException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "loadtest",
    description = {
      "Put load on the service, measure every request, and judge.",
      "Exit code 4: a gate failed; 5: the measurement itself is not valid."
    })
final class LoadTestCommand implements Callable<Integer> {
  @Option(
      names = {"-u", "--users"},
      paramLabel = "N",
      description = "Users at once, each with a connection of its own.")
  private Optional<Integer> users = Optional.empty();

  @Option(names = "--spawn-rate", paramLabel = "N", description = "Users that start each second.")
  private Optional<Double> spawnRate = Optional.empty();

  @Option(
      names = "--wait",
      paramLabel = "MIN..MAX",
      description = "How long a user waits after an answer, such as 0.5s..2.5s.")
  private Optional<String> waitTime = Optional.empty();

  @Option(
      names = {"-d", "--duration"},
      paramLabel = "TIME",
      description = "How long is measured, such as 30s or 10m.")
  private Optional<Duration> duration = Optional.empty();

  @Option(
      names = "--gate",
      paramLabel = "EXPRESSION",
      description = "What has to hold, such as 'p95<200ms', 'errors<1%%' or 'rps>500'.")
  private List<String> gates = new ArrayList<>();

  @Option(
      names = "--target",
      paramLabel = "URL",
      description = "Load this address, not the environment's own.")
  private Optional<URI> target = Optional.empty();

  @Option(
      names = "--i-own",
      paramLabel = "HOST",
      description = "Say that a target which is not this project's may be loaded.")
  private List<String> owned = new ArrayList<>();

  private final Mlops mlops;

  LoadTestCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() throws Exception {
    Project project = mlops.projectAsItRuns();
    Platform platform = mlops.platform(project);
    target.ifPresent(url -> Target.requireOwn(url, Optional.empty(), owned));
    LoadOrder order = new LoadOrder(LoadRecipe.spec(project), overrides(), target);
    Plan plan = new Plan();
    Ref<LoadResult> measured = LoadRecipe.addTo(plan, project, platform, order, List.of());
    PlanRun run = new PlanRun(mlops.console(), project, platform);
    RunReport report = run.run(plan, Mode.APPLY);
    return report.failure().isPresent()
        ? run.finish(report, () -> new LoadView(measured.get(), List.of()))
        : judge(measured.get());
  }

  private LoadOverrides overrides() {
    try {
      return new LoadOverrides(
          users,
          spawnRate,
          waitTime.map(Wait::parse),
          duration,
          Optional.empty(),
          gates.stream().map(Gate::parse).toList());
    } catch (IllegalArgumentException e) {
      throw Code.USAGE.problem(e.getMessage(), "", "mlops loadtest --help");
    }
  }

  private int judge(LoadResult result) {
    Optional<MlopsException> verdict = LoadVerdict.of(result);
    LoadView view = new LoadView(result, List.of());
    if (verdict.isEmpty()) {
      mlops.console().answer(view);
      return ExitCode.DONE.status();
    }
    mlops.console().judge(view, verdict.get());
    return verdict.get().exitCode().status();
  }
}

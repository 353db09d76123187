package dev.mlops.command;

import dev.mlops.config.Training.Place;
import dev.mlops.console.LoadView;
import dev.mlops.lifecycle.LoadOrder;
import dev.mlops.lifecycle.LoadRecipe;
import dev.mlops.lifecycle.LoadVerdict;
import dev.mlops.lifecycle.Project;
import dev.mlops.loadtest.Baseline;
import dev.mlops.loadtest.Launch;
import dev.mlops.loadtest.LivePage;
import dev.mlops.loadtest.LiveRuns;
import dev.mlops.loadtest.LoadDraft;
import dev.mlops.loadtest.LoadOverrides;
import dev.mlops.loadtest.LoadResult;
import dev.mlops.loadtest.Target;
import dev.mlops.plan.Mode;
import dev.mlops.plan.Plan;
import dev.mlops.plan.Ref;
import dev.mlops.plan.RunReport;
import dev.mlops.platform.Platform;
import dev.mlops.problem.Code;
import dev.mlops.problem.ExitCode;
import dev.mlops.problem.MlopsException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "loadtest",
    description = {
      "Put load on the service, measure every request, and check the gates.",
      "Exit code 4: a gate failed; 5: the measurement itself is not valid."
    })
final class LoadTestCommand implements Callable<Integer> {
  private static final int MOST_WORKERS = 64;

  @Mixin private LoadFlags flags = new LoadFlags();

  @Option(
      names = "--target",
      paramLabel = "URL",
      description = "Put load on this address instead of the environment's own.")
  private Optional<URI> target = Optional.empty();

  @Option(
      names = "--i-own",
      paramLabel = "HOST",
      description = "Confirm that you may put load on a target outside this project.")
  private List<String> owned = new ArrayList<>();

  @Option(
      names = "--compare",
      paramLabel = "FILE",
      description = "Say what is better or worse than in an earlier test's report.json.")
  private Optional<Path> baseline = Optional.empty();

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Folder for the report; default: a new one in the project's reports.")
  private Optional<Path> report = Optional.empty();

  @Option(
      names = "--workers",
      paramLabel = "N",
      description =
          "Workers that share the load, each on its own CPU: pods if the platform is"
              + " kubernetes, otherwise processes.")
  private Optional<Integer> workers = Optional.empty();

  @Option(
      names = "--workers-on",
      paramLabel = "PLACE",
      description = "here: processes on this machine; cluster: a Job on the platform.")
  private Optional<Place> workersOn = Optional.empty();

  @Option(
      names = "--web",
      paramLabel = "PORT",
      arity = "0..1",
      fallbackValue = "8089",
      description = "Start, watch, change and stop tests from a page at http://127.0.0.1:PORT.")
  private Optional<Integer> web = Optional.empty();

  private final Mlops mlops;

  LoadTestCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() throws Exception {
    LoadOverrides overrides = flags.overrides();
    Project project = mlops.projectAsItRuns();
    Platform platform = mlops.platform(project);
    target.ifPresent(url -> Target.requireOwn(url, Optional.empty(), owned));
    LoadOrder order = order(project, platform, overrides);
    if (web.isPresent()) {
      return onPage(project, platform, order, web.get());
    }
    Plan plan = new Plan();
    Ref<LoadResult> measured = LoadRecipe.addTo(plan, project, platform, order, List.of());
    PlanRun run = new PlanRun(mlops.console(), project, platform);
    try {
      RunReport ran = run.run(plan, Mode.APPLY);
      return ran.failure().isPresent()
          ? run.finish(ran, () -> new LoadView(measured.get(), List.of()))
          : judge(measured.get());
    } catch (InterruptedException e) {
      if (!measured.isKnown()) {
        throw e;
      }
      return tell(measured.get(), LoadVerdict.interrupted(measured.get()));
    }
  }

  private int onPage(Project project, Platform platform, LoadOrder order, int port)
      throws InterruptedException {
    LiveRuns runs = new LiveRuns(LoadRecipe.bench(project, platform, order));
    try (LivePage page = LivePage.open(runs, port)) {
      mlops.console().say("open " + page.address() + " (Ctrl-C ends it)");
      return runs.await()
          .map(this::judge)
          .orElseThrow(() -> new InterruptedException("No load test was run."));
    }
  }

  private Launch launch(Project project, Platform platform) {
    int count = workers.orElse(1);
    if (count < 1 || count > MOST_WORKERS) {
      throw Code.USAGE.problem("Workers are 1 to " + MOST_WORKERS, "", "mlops loadtest --help");
    }
    Place usual =
        workers.isPresent() && platform.kind().equals("kubernetes") ? Place.CLUSTER : Place.HERE;
    boolean onCluster = workersOn.orElse(usual) == Place.CLUSTER;
    if (onCluster && target.filter(Target::isOnlyHere).isPresent()) {
      throw Code.USAGE.problem(
          target.get().getHost() + " is another machine to each worker of the cluster",
          "A loopback address never leads out of a pod.",
          "Leave out --target, or add --workers-on here");
    }
    return workers.isEmpty() && !onCluster
        ? Launch.here()
        : LoadRecipe.workers(project, platform, count, onCluster);
  }

  private LoadOrder order(Project project, Platform platform, LoadOverrides overrides) {
    return new LoadOrder(
        new LoadDraft(LoadRecipe.spec(project), overrides),
        target,
        launch(project, platform),
        baseline.map(Baseline::read),
        mlops.console().loadDisplay(),
        report);
  }

  private int judge(LoadResult result) {
    Optional<MlopsException> verdict = LoadVerdict.of(result);
    if (verdict.isPresent()) {
      return tell(result, verdict.get());
    }
    mlops.console().answer(new LoadView(result, List.of()));
    return ExitCode.DONE.status();
  }

  private int tell(LoadResult result, MlopsException verdict) {
    mlops.console().judge(new LoadView(result, List.of()), verdict);
    return verdict.exitCode().status();
  }
}

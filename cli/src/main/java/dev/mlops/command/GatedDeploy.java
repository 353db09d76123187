package dev.mlops.command;

import dev.mlops.console.GatedDeployView;
import dev.mlops.console.RunView;
import dev.mlops.lifecycle.DeployRecipe;
import dev.mlops.lifecycle.LoadOrder;
import dev.mlops.lifecycle.LoadRecipe;
import dev.mlops.lifecycle.LoadVerdict;
import dev.mlops.lifecycle.Project;
import dev.mlops.lifecycle.RollbackRecipe;
import dev.mlops.loadtest.Launch;
import dev.mlops.loadtest.LoadDraft;
import dev.mlops.loadtest.LoadOverrides;
import dev.mlops.loadtest.LoadResult;
import dev.mlops.plan.Mode;
import dev.mlops.plan.Outcome;
import dev.mlops.plan.Plan;
import dev.mlops.plan.Ref;
import dev.mlops.plan.RunReport;
import dev.mlops.platform.ApplyOptions;
import dev.mlops.platform.Platform;
import dev.mlops.platform.Releases.Revision;
import dev.mlops.platform.Releases.State;
import dev.mlops.platform.Status;
import dev.mlops.problem.ExitCode;
import dev.mlops.problem.MlopsException;
import dev.mlops.problem.Problem;
import java.util.List;
import java.util.Optional;

/** A deployment that only stays if the load test of the project's plan is passed. */
final class GatedDeploy {
  private final Mlops mlops;
  private final Project project;
  private final Platform platform;
  private final PlanRun run;

  GatedDeploy(Mlops mlops, Project project) {
    this.mlops = mlops;
    this.project = project;
    this.platform = mlops.platform(project);
    this.run = new PlanRun(mlops.console(), project, platform);
  }

  int call(ApplyOptions options) throws InterruptedException {
    try (var _ = mlops.lock(project, "deploy")) {
      Optional<Revision> former = current();
      RunReport deployed = run.run(DeployRecipe.plan(project, platform, options), Mode.APPLY);
      boolean paused = platform.workloads().status().state() == Status.State.PAUSED;
      if (deployed.failure().isPresent() || paused) {
        return run.finish(deployed, () -> run.view(deployed, List.of("mlops status")));
      }
      Plan plan = new Plan();
      Ref<LoadResult> measured = LoadRecipe.addTo(plan, project, platform, order(), List.of());
      Optional<Outcome.Failed> unmeasured = run.run(plan, Mode.APPLY).failure();
      return unmeasured.isPresent()
          ? missed(deployed, Optional.empty(), PlanRun.asProblem(unmeasured.get().cause()), former)
          : judge(deployed, measured.get(), former);
    }
  }

  private int judge(RunReport deployed, LoadResult result, Optional<Revision> former)
      throws InterruptedException {
    Optional<MlopsException> verdict = LoadVerdict.of(result);
    if (verdict.isPresent()) {
      return missed(deployed, Optional.of(result), verdict.get(), former);
    }
    mlops
        .console()
        .answer(
            new GatedDeployView(
                run.view(deployed, List.of("mlops status")),
                Optional.of(result),
                Optional.empty()));
    return ExitCode.DONE.status();
  }

  private int missed(
      RunReport deployed,
      Optional<LoadResult> result,
      MlopsException verdict,
      Optional<Revision> former)
      throws InterruptedException {
    Optional<Revision> target = former.filter(before -> current().filter(before::equals).isEmpty());
    Optional<MlopsException> stuck = target.isPresent() ? goBack(target.get()) : Optional.empty();
    RunView view = run.view(deployed, List.of("mlops releases"));
    Optional<String> back =
        target.filter(_ -> stuck.isEmpty()).map(before -> before.release().name());
    MlopsException told = told(verdict, ending(target, stuck));
    mlops.console().judge(new GatedDeployView(view, result, back), told);
    return told.exitCode().status();
  }

  private Optional<MlopsException> goBack(Revision before) throws InterruptedException {
    Plan plan =
        RollbackRecipe.plan(
            project, platform, Optional.of(Integer.toString(before.number())), ApplyOptions.USUAL);
    return run.run(plan, Mode.APPLY).failure().map(failed -> PlanRun.asProblem(failed.cause()));
  }

  private static String ending(Optional<Revision> target, Optional<MlopsException> stuck) {
    if (target.isEmpty()) {
      return "There is no former release to go back to: what was deployed stays.";
    }
    String name = "release " + target.get().release().name();
    return stuck
        .map(problem -> "Going back to " + name + " failed: " + problem.problem().message())
        .orElse("The environment is back at " + name + ".");
  }

  private static MlopsException told(MlopsException verdict, String ending) {
    Problem problem = verdict.problem();
    String why = problem.why().isEmpty() ? ending : problem.why() + " " + ending;
    return problem.code().problem(problem.message(), why, problem.next());
  }

  private Optional<Revision> current() {
    return platform.releases().list().stream()
        .filter(revision -> revision.state() == State.CURRENT)
        .findFirst();
  }

  private LoadOrder order() {
    return new LoadOrder(
        new LoadDraft(LoadRecipe.spec(project), LoadOverrides.NONE),
        Optional.empty(),
        Launch.here(),
        Optional.empty(),
        mlops.console().loadDisplay(),
        Optional.empty());
  }
}

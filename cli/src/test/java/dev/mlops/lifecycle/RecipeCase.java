package dev.mlops.lifecycle;

import dev.mlops.plan.Mode;
import dev.mlops.plan.Plan;
import dev.mlops.plan.RunListener;
import dev.mlops.plan.RunReport;
import dev.mlops.plan.Runner;
import dev.mlops.platform.FakePlatform;
import dev.mlops.platform.Platform;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A recipe, and from where it begins.
 *
 * @param name of its golden plan
 * @param calls those of the platform that it makes, apart from looks that can't fail
 */
record RecipeCase(String name, Beginning beginning, Recipe recipe, Set<String> calls) {
  /** Makes a project in an empty folder. */
  interface Beginning {
    PreparedProject in(Path folder, URI endpoint) throws Exception;
  }

  /** Makes the plan. */
  interface Recipe {
    Plan plan(Project project, Platform platform) throws InterruptedException;
  }

  private static final Set<String> ROLLOUT = Set.of("publish", "apply", "compare", "check");

  static final RecipeCase TRAIN =
      new RecipeCase("train", RecipeCase::trainable, RecipeCase::train, Set.of());
  static final RecipeCase DEPLOY =
      new RecipeCase("deploy", RecipeCase::built, DeployRecipe::plan, ROLLOUT);
  static final RecipeCase PAUSE =
      new RecipeCase("pause", RecipeCase::deployed, PowerRecipe::pause, Set.of("status", "pause"));
  static final RecipeCase RESUME =
      new RecipeCase("resume", RecipeCase::paused, PowerRecipe::resume, Set.of("status", "resume"));

  static final List<RecipeCase> ALL =
      List.of(
          TRAIN,
          DEPLOY,
          new RecipeCase("deploy-again", RecipeCase::rebuilt, DeployRecipe::plan, ROLLOUT),
          new RecipeCase("deploy-paused", RecipeCase::rebuiltPaused, DeployRecipe::plan, ROLLOUT),
          new RecipeCase("up-own-image", PreparedProject::ofImage, DeployRecipe::fromData, ROLLOUT),
          PAUSE,
          RESUME,
          new RecipeCase(
              "destroy",
              RecipeCase::deployed,
              (_, platform) -> PowerRecipe.destroy(platform.ownership()),
              Set.of("remove")));

  PreparedProject begin(Path folder, URI endpoint) throws Exception {
    return beginning.in(folder, endpoint);
  }

  Plan plan(PreparedProject prepared) throws InterruptedException {
    return recipe.plan(prepared.project(), prepared.platform());
  }

  @Override
  public String toString() {
    return name;
  }

  private static Plan train(Project project, Platform platform) throws InterruptedException {
    Plan plan = new Plan();
    var _ = TrainRecipe.addTo(plan, project, new FakePlatform("iris").platform());
    return plan;
  }

  private static PreparedProject trainable(Path folder, URI endpoint) throws Exception {
    PreparedProject prepared = PreparedProject.ofData(folder, endpoint);
    prepared.willTrain(0.95);
    return prepared;
  }

  private static PreparedProject built(Path folder, URI endpoint) throws Exception {
    return PreparedProject.ofData(folder, endpoint).trained().built("first");
  }

  private static PreparedProject deployed(Path folder, URI endpoint) throws Exception {
    return after(built(folder, endpoint), DEPLOY);
  }

  private static PreparedProject paused(Path folder, URI endpoint) throws Exception {
    return after(deployed(folder, endpoint), PAUSE);
  }

  private static PreparedProject rebuilt(Path folder, URI endpoint) throws Exception {
    return deployed(folder, endpoint).built("second");
  }

  private static PreparedProject rebuiltPaused(Path folder, URI endpoint) throws Exception {
    return paused(folder, endpoint).built("second");
  }

  private static PreparedProject after(PreparedProject prepared, RecipeCase done)
      throws InterruptedException {
    RunReport report = new Runner(RunListener.SILENT).run(done.plan(prepared), Mode.APPLY);
    if (report.failure().isPresent()) {
      throw new IllegalStateException(report.failure().get().cause());
    }
    return prepared;
  }
}

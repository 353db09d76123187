package dev.mlops.lifecycle;

import dev.mlops.image.BuiltImage;
import dev.mlops.plan.Plan;
import dev.mlops.plan.Ref;
import dev.mlops.platform.ApplyOptions;
import dev.mlops.platform.Platform;
import dev.mlops.platform.Status;
import dev.mlops.step.CheckGate;
import dev.mlops.step.FetchImage;
import dev.mlops.step.FindRelease;
import dev.mlops.step.VerifyImage;
import dev.mlops.training.QualityGate;

/**
 * Takes the release that one environment runs to another: the same image, by digest, with the model
 * and the settings that lie in it. Manifests and scale are those of where it goes.
 */
public final class PromoteRecipe {
  /** Where a release comes from. */
  public record Source(Project project, Platform platform) {}

  private PromoteRecipe() {}

  public static Plan plan(Source source, Project project, Platform platform, ApplyOptions options) {
    Plan plan = new Plan();
    PreflightRecipe.addTo(plan, project, platform);
    String from = source.project().environment();
    Ref<Status> found = plan.addGate(new FindRelease(from, source.platform().workloads()));
    plan.addGate(
        new CheckGate(
            found, new QualityGate(project.config().model().gate()), project.environment()));
    Ref<BuiltImage> image =
        plan.add(new FetchImage(found, source.platform().images(), project.layout()));
    var expected =
        new VerifyImage.Expected(
            image, project.layout(), project.config().service().readiness().text());
    plan.addGate(new VerifyImage(from, found, source.platform().forwards(), expected));
    Ref<Status> running = DeployRecipe.addPromoted(plan, project, platform, options, image);
    plan.add(new VerifyImage(project.environment(), running, platform.forwards(), expected));
    return plan;
  }
}

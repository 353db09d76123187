package dev.mlops.lifecycle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.image.BuiltImage;
import dev.mlops.image.OciLayout;
import dev.mlops.manifest.Manifests;
import dev.mlops.manifest.ScaleOverride;
import dev.mlops.plan.Plan;
import dev.mlops.plan.Ref;
import dev.mlops.platform.Desired;
import dev.mlops.platform.Platform;
import dev.mlops.platform.Release;
import dev.mlops.platform.Status;
import dev.mlops.step.ApplyWorkload;
import dev.mlops.step.AwaitAnswer;
import dev.mlops.step.PublishImage;
import dev.mlops.step.UseImage;
import dev.mlops.step.VerifyPrediction;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Publishes an image, rolls it out, and verifies what runs. */
public final class DeployRecipe {
  private DeployRecipe() {}

  /** Deploys what is built. */
  public static Plan plan(Project project, Platform platform) {
    Plan plan = new Plan();
    addTo(plan, project, platform, plan.add(new UseImage(project.layout())));
    return plan;
  }

  /** Trains and builds first, where need be. */
  public static Plan fromData(Project project, Platform platform) throws InterruptedException {
    Plan plan = new Plan();
    addTo(plan, project, platform, BuildRecipe.addTo(plan, project));
    return plan;
  }

  private static void addTo(Plan plan, Project project, Platform platform, Ref<BuiltImage> image) {
    switch (project.config().model().kind()) {
      case IMAGE -> {
        Ref<Status> running = addRollout(plan, project, platform, image);
        plan.add(new AwaitAnswer(running, project.config().service().readiness().text()));
      }
      case TRIBUO, ONNX -> addVerified(plan, project, platform, image);
    }
  }

  /** The rollout of a model that was trained here; the value is how many rows were verified. */
  static Ref<Integer> addVerified(
      Plan plan, Project project, Platform platform, Ref<BuiltImage> image) {
    Ref<Status> running = addRollout(plan, project, platform, image);
    return plan.add(new VerifyPrediction(running, project.golden()));
  }

  private static Ref<Status> addRollout(
      Plan plan, Project project, Platform platform, Ref<BuiltImage> image) {
    // Read before the first step, so that no minutes of work end in a fault of a manifest.
    List<ObjectNode> manifests =
        ScaleOverride.apply(Manifests.load(project.manifests()), project.config().scale());
    Ref<BuiltImage> published =
        plan.add(new PublishImage(image, project.layout(), platform.images()));
    return plan.add(
        new ApplyWorkload(
            published,
            built -> desired(project, platform, manifests, built),
            platform.workloads()));
  }

  private static Desired desired(
      Project project, Platform platform, List<ObjectNode> manifests, BuiltImage image) {
    Map<String, String> facts = new TreeMap<>(OciLayout.open(project.layout()).labels());
    Release release = new Release(image.digest().brief(), image.digest(), facts);
    String name = project.config().image().repository();
    String reference = platform.images().reference(name, image.digest());
    return new Desired(release, Manifests.withImage(manifests, name, reference));
  }
}

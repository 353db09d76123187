package dev.mlops.lifecycle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.image.BuiltImage;
import dev.mlops.image.OciLayout;
import dev.mlops.manifest.Manifests;
import dev.mlops.manifest.PreviewManifests;
import dev.mlops.manifest.ScaleOverride;
import dev.mlops.plan.Plan;
import dev.mlops.plan.Ref;
import dev.mlops.platform.ApplyOptions;
import dev.mlops.platform.Desired;
import dev.mlops.platform.Platform;
import dev.mlops.platform.Release;
import dev.mlops.platform.Status;
import dev.mlops.step.After;
import dev.mlops.step.ApplyWorkload;
import dev.mlops.step.AwaitAnswer;
import dev.mlops.step.PublishImage;
import dev.mlops.step.UseImage;
import dev.mlops.step.VerifyGround;
import dev.mlops.step.VerifyPrediction;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Publishes an image, rolls it out, and verifies what runs. */
public final class DeployRecipe {
  private final Plan plan;
  private final Project project;
  private final Platform platform;
  private final ApplyOptions options;
  private List<Ref<String>> ground = List.of();

  private DeployRecipe(Plan plan, Project project, Platform platform, ApplyOptions options) {
    this.plan = plan;
    this.project = project;
    this.platform = platform;
    this.options = options;
  }

  public static Plan plan(Project project, Platform platform) {
    return plan(project, platform, ApplyOptions.USUAL);
  }

  /** Deploys what is built. */
  public static Plan plan(Project project, Platform platform, ApplyOptions options) {
    Plan plan = new Plan();
    PreflightRecipe.addTo(plan, project, platform);
    Ref<BuiltImage> image = plan.add(new UseImage(project.layout()));
    new DeployRecipe(plan, project, platform, options).add(image);
    return plan;
  }

  public static Plan fromData(Project project, Platform platform) throws InterruptedException {
    return fromData(project, platform, ApplyOptions.USUAL);
  }

  /** Makes what it stands on, trains and builds first, where need be. */
  public static Plan fromData(Project project, Platform platform, ApplyOptions options)
      throws InterruptedException {
    Plan plan = new Plan();
    PreflightRecipe.addTo(plan, project, platform);
    var recipe = new DeployRecipe(plan, project, platform, options);
    recipe.ground = ProvisionRecipe.addTo(plan, platform);
    recipe.add(BuildRecipe.addTo(plan, project, platform, recipe.ground));
    return plan;
  }

  /** What {@code deploy} would apply now; asks nobody. */
  public static List<ObjectNode> manifests(Project project, Platform platform) {
    var recipe = new DeployRecipe(new Plan(), project, platform, ApplyOptions.USUAL);
    BuiltImage image = new UseImage(project.layout()).ensure(_ -> {});
    return platform.workloads().render(recipe.desired(recipe.manifests(), image));
  }

  private void add(Ref<BuiltImage> image) {
    switch (project.config().model().kind()) {
      case IMAGE ->
          plan.add(
              new AwaitAnswer(
                  addRollout(image),
                  platform.forwards(),
                  project.config().service().readiness().text()));
      case TRIBUO, ONNX -> {
        Ref<Status> running = addRollout(image);
        plan.add(verification(running));
        if (!ground.isEmpty()) {
          platform
              .provisioning()
              .verification()
              .ifPresent(question -> plan.add(new VerifyGround(image, running, question)));
        }
      }
    }
  }

  /** The rollout of a model that was trained here; the value says what was verified. */
  static Ref<String> addVerified(
      Plan plan, Project project, Platform platform, Ref<BuiltImage> image) {
    var recipe = new DeployRecipe(plan, project, platform, ApplyOptions.USUAL);
    return plan.add(recipe.verification(recipe.addRollout(image)));
  }

  private VerifyPrediction verification(Ref<Status> running) {
    return new VerifyPrediction(
        running, platform.forwards(), VerifyPrediction.Golden.trained(project.golden()));
  }

  /** The rollout of an image that another environment's release has. */
  static Ref<Status> addPromoted(
      Plan plan, Project project, Platform platform, ApplyOptions options, Ref<BuiltImage> image) {
    return new DeployRecipe(plan, project, platform, options).addRollout(image);
  }

  private Ref<Status> addRollout(Ref<BuiltImage> image) {
    // Read before the first step, so that no minutes of work end in a fault of a manifest.
    List<ObjectNode> manifests = manifests();
    Ref<BuiltImage> published =
        plan.add(new After<>(ground, new PublishImage(image, project.layout(), platform.images())));
    return plan.add(
        new ApplyWorkload(
            published,
            built -> desired(manifests, built),
            release -> desired(manifests, release),
            platform.workloads(),
            options));
  }

  private List<ObjectNode> manifests() {
    List<ObjectNode> own =
        ScaleOverride.apply(Manifests.load(project.manifests()), project.config().scale());
    return project.isPreview() ? PreviewManifests.of(own, project.config().ci().preview()) : own;
  }

  private Desired desired(List<ObjectNode> manifests, BuiltImage image) {
    Map<String, String> facts = new TreeMap<>(OciLayout.open(project.layout()).labels());
    return desired(manifests, new Release(image.digest().brief(), image.digest(), facts));
  }

  private Desired desired(List<ObjectNode> manifests, Release release) {
    String name = project.config().image().repository();
    String reference = platform.images().reference(name, release.image());
    return new Desired(release, Manifests.withImage(manifests, name, reference));
  }
}

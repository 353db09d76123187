package dev.mlops.lifecycle;

import dev.mlops.config.MlopsConfig;
import dev.mlops.config.Service;
import dev.mlops.image.BuiltImage;
import dev.mlops.image.ImageBuilder;
import dev.mlops.image.ImagePuller;
import dev.mlops.image.ImagePusher;
import dev.mlops.image.ImageSpec;
import dev.mlops.plan.Plan;
import dev.mlops.plan.Ref;
import dev.mlops.platform.Platform;
import dev.mlops.platform.Release;
import dev.mlops.step.BuildImage;
import dev.mlops.step.PublishImage;
import dev.mlops.step.PullImage;
import dev.mlops.training.Artifact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Builds the image of the trained model, or fetches the user's own. */
public final class BuildRecipe {
  private BuildRecipe() {}

  /** The whole way to an image: trained where need be, or pulled. */
  public static Ref<BuiltImage> addTo(Plan plan, Project project, Platform platform)
      throws InterruptedException {
    return addTo(plan, project, platform, List.of());
  }

  /**
   * @param ground what has to be there before the platform can train
   */
  static Ref<BuiltImage> addTo(
      Plan plan, Project project, Platform platform, List<Ref<String>> ground)
      throws InterruptedException {
    return switch (project.config().model().kind()) {
      case IMAGE ->
          plan.add(new PullImage(imageSource(project), project.layout(), new ImagePuller(false)));
      case TRIBUO, ONNX -> addTo(plan, project, TrainRecipe.addTo(plan, project, platform, ground));
    };
  }

  /** From a model that another step of the plan has at hand. */
  public static Ref<BuiltImage> addTo(Plan plan, Project project, Ref<Artifact> model) {
    return plan.add(
        new BuildImage(
            model, artifact -> spec(project, artifact), project.layout(), ImageBuilder.ofUser()));
  }

  /** Also sends the image to a registry. */
  public static void addPush(
      Plan plan, Project project, Ref<BuiltImage> image, ImagePusher pusher) {
    plan.add(new PublishImage(image, project.layout(), pusher));
  }

  /** A reference, or a path that starts from the project's folder. */
  private static String imageSource(Project project) {
    String source = project.config().model().image().orElseThrow();
    Path path = project.root().resolve(source);
    return Files.exists(path) ? path.toString() : source;
  }

  private static ImageSpec spec(Project project, Artifact artifact) {
    return new ImageSpec(
        project.config().name().text(),
        project.config().image().base(),
        project.installation().service(),
        Optional.of(artifact.folder()),
        environment(project.config()),
        labels(artifact));
  }

  /** What docs/reference/http.md lists as the service's variables. */
  private static Map<String, String> environment(MlopsConfig config) {
    Service service = config.service();
    Map<String, String> variables = new TreeMap<>();
    variables.put("PORT", Integer.toString(service.port().number()));
    variables.put("LIVENESS_PATH", service.liveness().text());
    variables.put("READINESS_PATH", service.readiness().text());
    variables.put("DRAIN_SECONDS", Long.toString(service.drain().toSeconds()));
    variables.put("TRACE_RATIO", Double.toString(service.trace().ratio()));
    if (service.batch().maxRows() > 1) {
      variables.put("BATCH_MAX_ROWS", Integer.toString(service.batch().maxRows()));
      variables.put(
          "BATCH_MAX_DELAY_MICROS", Long.toString(service.batch().maxDelay().toNanos() / 1000));
    }
    variables.put("OTEL_SERVICE_NAME", config.name().text());
    switch (service.trace().exporter()) {
      case NONE -> {}
      case OTLP -> {
        variables.put("OTEL_TRACES_EXPORTER", "otlp");
        service
            .trace()
            .endpoint()
            .ifPresent(address -> variables.put("OTEL_EXPORTER_OTLP_ENDPOINT", address));
      }
    }
    return variables;
  }

  /** What a release is made of, so that every platform can tell it from the image alone. */
  private static Map<String, String> labels(Artifact artifact) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(Release.MODEL, artifact.digest().toString());
    labels.put(Release.DATA, artifact.card().path("inputs").path("data").asText());
    artifact
        .metrics()
        .forEach((name, value) -> labels.put(Release.METRIC + name, Double.toString(value)));
    String commit = artifact.card().path("git").path("commit").asText();
    if (!commit.isEmpty()) {
      labels.put("org.opencontainers.image.revision", commit);
    }
    return labels;
  }
}

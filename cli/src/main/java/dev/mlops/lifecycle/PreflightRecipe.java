package dev.mlops.lifecycle;

import dev.mlops.image.ImageBuilder;
import dev.mlops.image.OciLayout;
import dev.mlops.manifest.Manifests;
import dev.mlops.plan.Plan;
import dev.mlops.platform.Checks.Wanted;
import dev.mlops.platform.Platform;
import dev.mlops.problem.MlopsException;
import dev.mlops.step.Preflight;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Looks whether the platform will take what is about to be made, before it is made. */
final class PreflightRecipe {
  private PreflightRecipe() {}

  /** At the head of a plan: nothing after it changes anything unless all is well. */
  static void addTo(Plan plan, Project project, Platform platform) {
    plan.addGate(new Preflight(platform.checks().before(wanted(project))));
  }

  static Wanted wanted(Project project) {
    return new Wanted(architecture(project), Manifests.load(project.manifests()));
  }

  /** What we build is for this machine's kind; what is pulled tells once it is here. */
  private static Optional<String> architecture(Project project) {
    return switch (project.config().model().kind()) {
      case TRIBUO, ONNX -> Optional.of(ImageBuilder.architecture());
      case IMAGE -> pulled(project.layout());
    };
  }

  private static Optional<String> pulled(Path layout) {
    if (!Files.exists(layout.resolve("index.json"))) {
      return Optional.empty();
    }
    try {
      return Optional.of(OciLayout.open(layout).config().architecture());
    } catch (MlopsException e) {
      return Optional.empty(); // damaged: the step that needs it says so
    }
  }
}

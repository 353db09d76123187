package dev.mlops.lifecycle;

import dev.mlops.config.Model;
import dev.mlops.image.ImageBuilder;
import dev.mlops.image.OciLayout;
import dev.mlops.manifest.Manifests;
import dev.mlops.plan.Plan;
import dev.mlops.platform.Check;
import dev.mlops.platform.Checks.Built;
import dev.mlops.platform.Checks.Wanted;
import dev.mlops.platform.Platform;
import dev.mlops.problem.MlopsException;
import dev.mlops.step.Preflight;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks whether the platform will take what is about to be made, before it is made. */
public final class PreflightRecipe {
  private PreflightRecipe() {}

  /** At the head of a plan: nothing after it changes anything unless all is well. */
  static void addTo(Plan plan, Project project, Platform platform) {
    List<Check> checks = new ArrayList<>(platform.checks().before(wanted(project)));
    TraceCheck.of(project).ifPresent(checks::add);
    plan.addGate(new Preflight(checks));
  }

  /** What is known of the next release. */
  public static Wanted wanted(Project project) {
    return new Wanted(architecture(project), Manifests.load(project.manifests()), built(project));
  }

  private static Optional<Built> built(Project project) {
    boolean isModel = project.config().model().kind() != Model.Kind.IMAGE;
    return layout(project.layout()).map(layout -> new Built(layout.digest(), isModel));
  }

  /** What we build is for this machine's kind; what is pulled tells once it is here. */
  private static Optional<String> architecture(Project project) {
    return switch (project.config().model().kind()) {
      case TRIBUO, ONNX -> Optional.of(ImageBuilder.architecture());
      case IMAGE -> layout(project.layout()).map(layout -> layout.config().architecture());
    };
  }

  /** Empty if there is none, or it is damaged: the step that needs it says so. */
  private static Optional<OciLayout> layout(Path folder) {
    try {
      return OciLayout.find(folder).filter(OciLayout::isComplete);
    } catch (MlopsException e) {
      return Optional.empty();
    }
  }
}

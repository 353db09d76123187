package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Check;
import dev.mlops.problem.Code;
import java.util.Objects;
import java.util.Optional;

/** Whether the release's pods run; a fault has the code that a deployment would end with. */
record WorkloadCheck(Ward ward) implements Check {
  @Override
  public String id() {
    return "workload";
  }

  @Override
  public String title() {
    return "Workload";
  }

  @Override
  public Result look() {
    if (ward.scene().isEmpty()) {
      return new Result.Warning("Nothing is deployed yet", "mlops up");
    }
    if (ward.isPaused()) {
      return new Result.NotApplicable("paused");
    }
    Optional<Fault> young = ward.fault(code -> code != Code.KUBERNETES_PROBE);
    if (young.isPresent()) {
      return new Result.Warning(young.get().message() + ", which may still heal", "mlops doctor");
    }
    Scene scene = ward.scene().get();
    String line = RolloutProgress.line(scene);
    if (Rollout.isComplete(scene.deployment())) {
      return new Result.Fine(StatusReader.desired(scene.deployment()) + " replicas ready");
    }
    if (isLate(scene) && Diagnosis.of(scene).isEmpty()) {
      throw Code.KUBERNETES_ROLLOUT.problem(
          "Deployment " + scene.deployment().getMetadata().getName() + " does not come up",
          line + ".",
          "mlops logs");
    }
    return new Result.Warning(line, "mlops status");
  }

  private static boolean isLate(Scene scene) {
    return StatusReader.conditions(scene.deployment()).stream()
        .anyMatch(condition -> Objects.equals(condition.getReason(), "ProgressDeadlineExceeded"));
  }
}

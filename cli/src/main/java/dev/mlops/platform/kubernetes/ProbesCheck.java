package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Check;
import dev.mlops.problem.Code;
import java.util.Optional;

/** Whether the kubelet's probes get good answers. */
record ProbesCheck(Ward ward) implements Check {
  @Override
  public String id() {
    return "probes";
  }

  @Override
  public String title() {
    return "Probes";
  }

  @Override
  public Result look() {
    if (ward.scene().isEmpty()) {
      return new Result.NotApplicable("nothing is deployed");
    }
    if (ward.isPaused()) {
      return new Result.NotApplicable("paused");
    }
    Optional<Fault> young = ward.fault(code -> code == Code.KUBERNETES_PROBE);
    return young.isPresent()
        ? new Result.Warning(young.get().message() + ", which may still heal", "mlops doctor")
        : new Result.Fine("none fails");
  }
}

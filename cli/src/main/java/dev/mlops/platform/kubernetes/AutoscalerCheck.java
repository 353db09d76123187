package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Check;
import dev.mlops.problem.Code;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether the autoscaler does its work, in its own words if not. */
record AutoscalerCheck(Site site, Ward ward) implements Check {
  /** Metrics of new pods take a while to come. */
  private static final Duration FIRST_METRICS = Duration.ofMinutes(2);

  private static final Set<String> NEEDED = Set.of("AbleToScale", "ScalingActive");

  @Override
  public String id() {
    return "autoscaler";
  }

  @Override
  public String title() {
    return "Autoscaler";
  }

  @Override
  public Result look() {
    Optional<HorizontalPodAutoscaler> found =
        ward.scene().flatMap(scene -> new Autoscalers(site).of(scene.deployment()));
    if (found.isEmpty()) {
      return new Result.NotApplicable("there is none");
    }
    if (ward.isPaused()) {
      return new Result.NotApplicable("paused");
    }
    return of(site.cluster(), found.get(), Instant.now());
  }

  static Result of(Cluster cluster, HorizontalPodAutoscaler autoscaler, Instant now) {
    List<HorizontalPodAutoscalerCondition> conditions =
        autoscaler.getStatus() == null ? List.of() : autoscaler.getStatus().getConditions();
    Optional<HorizontalPodAutoscalerCondition> bad =
        conditions.stream()
            .filter(c -> NEEDED.contains(c.getType()) && c.getStatus().equals("False"))
            .findFirst();
    if (bad.isEmpty()) {
      return conditions.isEmpty()
          ? new Result.Warning("The autoscaler has not looked yet", "mlops doctor")
          : new Result.Fine(
              Autoscalers.min(autoscaler)
                  + " to "
                  + autoscaler.getSpec().getMaxReplicas()
                  + " replicas");
    }
    Instant since = Instant.parse(bad.get().getLastTransitionTime());
    if (since.plus(FIRST_METRICS).isAfter(now)) {
      return new Result.Warning(
          "The autoscaler can't scale yet: " + bad.get().getMessage(), "mlops doctor");
    }
    throw Code.CLUSTER_AUTOSCALER.problem(
        "The autoscaler " + autoscaler.getMetadata().getName() + " does not scale",
        bad.get().getMessage(),
        cluster.byHand(
            "-n "
                + autoscaler.getMetadata().getNamespace()
                + " describe hpa "
                + autoscaler.getMetadata().getName()));
  }
}

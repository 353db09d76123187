package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Status;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The HorizontalPodAutoscaler of a Deployment. */
record Autoscalers(Site site) {
  Optional<HorizontalPodAutoscaler> of(Deployment deployment) {
    List<HorizontalPodAutoscaler> all =
        site.ask(
            "list the autoscalers in " + site.namespace(),
            client ->
                client
                    .autoscaling()
                    .v2()
                    .horizontalPodAutoscalers()
                    .inNamespace(site.namespace())
                    .list()
                    .getItems());
    return all.stream().filter(autoscaler -> scales(autoscaler, deployment)).findFirst();
  }

  private static boolean scales(HorizontalPodAutoscaler autoscaler, Deployment deployment) {
    var target = autoscaler.getSpec().getScaleTargetRef();
    return target.getKind().equals("Deployment")
        && target.getName().equals(deployment.getMetadata().getName());
  }

  static int min(HorizontalPodAutoscaler autoscaler) {
    return Objects.requireNonNullElse(autoscaler.getSpec().getMinReplicas(), 1);
  }

  static Status.Autoscaling status(HorizontalPodAutoscaler autoscaler) {
    return new Status.Autoscaling(
        min(autoscaler),
        autoscaler.getSpec().getMaxReplicas(),
        autoscaler.getSpec().getMetrics().stream()
            .filter(metric -> isCpu(metric))
            .map(metric -> metric.getResource().getTarget().getAverageUtilization())
            .filter(Objects::nonNull)
            .findFirst(),
        current(autoscaler),
        RequestRates.of(autoscaler));
  }

  private static Optional<Integer> current(HorizontalPodAutoscaler autoscaler) {
    if (autoscaler.getStatus() == null || autoscaler.getStatus().getCurrentMetrics() == null) {
      return Optional.empty();
    }
    return autoscaler.getStatus().getCurrentMetrics().stream()
        .filter(metric -> isCpu(metric))
        .map(metric -> metric.getResource().getCurrent().getAverageUtilization())
        .filter(Objects::nonNull)
        .findFirst();
  }

  private static boolean isCpu(MetricSpec metric) {
    return metric.getResource() != null && metric.getResource().getName().equals("cpu");
  }

  private static boolean isCpu(MetricStatus metric) {
    return metric.getResource() != null && metric.getResource().getName().equals("cpu");
  }
}

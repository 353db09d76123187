package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Meters;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.ContainerMetrics;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the metrics server says of the pods, if there is one, and their limits. */
record KubernetesMeters(Site site) implements Meters {
  @Override
  public List<Reading> read() {
    Map<String, List<ContainerMetrics>> used = used();
    return site.main().stream()
        .flatMap(main -> site.pods(main).stream())
        .map(pod -> reading(pod, Optional.ofNullable(used.get(pod.getMetadata().getName()))))
        .toList();
  }

  private static Reading reading(Pod pod, Optional<List<ContainerMetrics>> used) {
    return new Reading(
        pod.getMetadata().getName(), gauge(pod, used, "cpu"), gauge(pod, used, "memory"));
  }

  private static Gauge gauge(Pod pod, Optional<List<ContainerMetrics>> used, String resource) {
    return new Gauge(
        used.map(all -> sum(all.stream().map(c -> c.getUsage().get(resource)).toList())),
        limit(pod, resource));
  }

  /** Of all containers; one without a limit lets the pod take all there is. */
  private static Optional<Double> limit(Pod pod, String resource) {
    List<Quantity> limits =
        pod.getSpec().getContainers().stream()
            .map(Container::getResources)
            .map(resources ->
                resources == null || resources.getLimits() == null
                    ? null
                    : resources.getLimits().get(resource))
            .toList();
    return limits.contains(null) ? Optional.empty() : Optional.of(sum(limits));
  }

  private static double sum(List<Quantity> quantities) {
    return quantities.stream()
        .filter(Objects::nonNull)
        .map(Quantity::getNumericalAmount)
        .mapToDouble(BigDecimal::doubleValue)
        .sum();
  }

  private Map<String, List<ContainerMetrics>> used() {
    try {
      return site
          .cluster()
          .client()
          .top()
          .pods()
          .inNamespace(site.namespace())
          .metrics()
          .getItems()
          .stream()
          .collect(
              Collectors.toMap(
                  (PodMetrics pod) -> pod.getMetadata().getName(), PodMetrics::getContainers));
    } catch (KubernetesClientException e) {
      return Map.of(); // the cluster does not measure, or does not tell us
    }
  }
}

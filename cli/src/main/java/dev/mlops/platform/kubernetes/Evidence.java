package dev.mlops.platform.kubernetes;

import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the cluster tells beyond a fault itself, once it is certain: log lines, and memory used. */
record Evidence(Site site) {
  private static final int LINES = 20;

  /** What the kubelet answers in place of a log that it has cleared away. */
  private static final String GONE = "unable to retrieve container logs";

  private static final Set<Code> BY_MEMORY = Set.of(Code.KUBERNETES_OUT_OF_MEMORY);

  MlopsException problem(Fault fault, Scene scene) {
    Fault told =
        BY_MEMORY.contains(fault.code())
            ? fault.because(mostUsed(scene.pods()).map(Evidence::used).orElse(""))
            : fault;
    return told.problem(fault.container().isEmpty() ? List.of() : lastLines(fault, scene));
  }

  /** Of the container that ended last: one that runs again has another one before it. */
  private List<String> lastLines(Fault fault, Scene scene) {
    boolean runs =
        scene.pods().stream()
            .filter(pod -> pod.getMetadata().getName().equals(fault.subject()))
            .flatMap(PodState::containers)
            .filter(container -> container.getName().equals(fault.container()))
            .anyMatch(container -> container.getState().getRunning() != null);
    List<String> lines = lines(fault, runs);
    return lines.isEmpty() ? lines(fault, !runs) : lines;
  }

  private List<String> lines(Fault fault, boolean previous) {
    KubernetesClient client = site.cluster().client();
    var container =
        client
            .pods()
            .inNamespace(site.namespace())
            .withName(fault.subject())
            .inContainer(fault.container());
    try {
      String text =
          previous
              ? container.terminated().tailingLines(LINES).getLog()
              : container.tailingLines(LINES).getLog();
      return text.startsWith(GONE) ? List.of() : text.lines().toList();
    } catch (KubernetesClientException e) {
      return List.of(); // there is no such log, or not any more
    }
  }

  private static String used(BigDecimal bytes) {
    return "A replica was last seen to use "
        + bytes.divideToIntegralValue(BigDecimal.valueOf(1 << 20)).toBigInteger()
        + "Mi.";
  }

  private Optional<BigDecimal> mostUsed(List<Pod> pods) {
    Set<String> names = Set.copyOf(pods.stream().map(pod -> pod.getMetadata().getName()).toList());
    try {
      List<PodMetrics> all =
          site.cluster().client().top().pods().inNamespace(site.namespace()).metrics().getItems();
      return all.stream()
          .filter(metrics -> names.contains(metrics.getMetadata().getName()))
          .flatMap(metrics -> metrics.getContainers().stream())
          .map(container -> Quantity.getAmountInBytes(container.getUsage().get("memory")))
          .max(Comparator.naturalOrder());
    } catch (KubernetesClientException e) {
      return Optional.empty(); // the cluster does not measure
    }
  }
}

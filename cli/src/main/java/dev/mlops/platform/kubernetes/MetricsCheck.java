package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.platform.Check;
import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether the cluster has the metrics that the manifests' autoscalers go by. Without them the
 * service runs, and is not scaled.
 *
 * @param manifests the user's own
 */
record MetricsCheck(Site site, List<ObjectNode> manifests) implements Check {
  private static final String RESOURCES = "metrics.k8s.io";

  @Override
  public String id() {
    return "metrics";
  }

  @Override
  public String title() {
    return "Metrics";
  }

  @Override
  public Result look() {
    Set<String> needed = needed(manifests);
    if (needed.isEmpty()) {
      return new Result.NotApplicable("the manifests have no autoscaler");
    }
    List<APIGroup> served =
        site.ask("read which kinds it has", client -> client.getApiGroups().getGroups());
    for (String group : needed) {
      Optional<APIGroup> found = served.stream().filter(s -> s.getName().equals(group)).findFirst();
      if (found.isEmpty()) {
        return missing(group, "The cluster does not have the API " + group);
      }
      if (!answers(found.get().getPreferredVersion().getGroupVersion())) {
        return missing(group, "The API " + group + " of the cluster does not answer");
      }
    }
    return new Result.Fine(String.join(", ", needed));
  }

  private boolean answers(String version) {
    try {
      return site.cluster().client().getApiResources(version) != null;
    } catch (KubernetesClientException e) {
      if (e.getCode() == 503 || e.getCode() == 404) {
        return false;
      }
      throw ApiProblems.of(site.cluster(), "read the kinds of " + version, e);
    }
  }

  private static Result missing(String group, String what) {
    return new Result.Warning(
        what + ": the autoscaler will not scale",
        group.equals(RESOURCES)
            ? "Install metrics-server: https://github.com/kubernetes-sigs/metrics-server"
            : "Install an adapter for " + group + ", such as prometheus-adapter");
  }

  /** API groups of all the metrics that the autoscalers among the objects name. */
  static Set<String> needed(List<ObjectNode> manifests) {
    return manifests.stream()
        .filter(object -> object.path("kind").asText().equals("HorizontalPodAutoscaler"))
        .flatMap(autoscaler -> autoscaler.at("/spec/metrics").valueStream())
        .map(MetricsCheck::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String group(JsonNode metric) {
    return switch (metric.path("type").asText()) {
      case "Pods", "Object" -> "custom.metrics.k8s.io";
      case "External" -> "external.metrics.k8s.io";
      default -> RESOURCES;
    };
  }
}

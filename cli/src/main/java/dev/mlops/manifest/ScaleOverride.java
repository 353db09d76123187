package dev.mlops.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.config.Scale;
import dev.mlops.problem.Code;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Puts {@code scale} of the config over the user's HorizontalPodAutoscaler. */
public final class ScaleOverride {
  private static final String KIND = "HorizontalPodAutoscaler";

  /** Kubernetes' own. */
  private static final int DEFAULT_CPU_PERCENT = 80;

  private ScaleOverride() {}

  /**
   * Copies of the manifests; what the config leaves out stays as it stands.
   *
   * @throws dev.mlops.problem.MlopsException if there is no autoscaler to override
   */
  public static List<ObjectNode> apply(List<ObjectNode> manifests, Scale scale) {
    if (scale.isEmpty()) {
      return manifests;
    }
    List<ObjectNode> copies = manifests.stream().map(ObjectNode::deepCopy).toList();
    List<ObjectNode> autoscalers =
        copies.stream().filter(object -> object.path("kind").asText().equals(KIND)).toList();
    if (autoscalers.isEmpty()) {
      throw Code.MANIFEST_NO_AUTOSCALER.problem(
          "`scale` is set, but no manifest is a " + KIND,
          "There is nothing that it could override.",
          "Add k8s/hpa.yaml, or remove `scale` from the config");
    }
    autoscalers.forEach(autoscaler -> override(autoscaler, scale));
    return copies;
  }

  private static void override(ObjectNode autoscaler, Scale scale) {
    ObjectNode spec = autoscaler.withObject("spec");
    scale.min().ifPresent(min -> spec.put("minReplicas", min));
    scale.max().ifPresent(max -> spec.put("maxReplicas", max));
    if (scale.cpu().isEmpty() && scale.rps().isEmpty()) {
      return;
    }
    ArrayNode metrics = metrics(autoscaler, spec);
    scale.cpu().ifPresent(cpu -> aimCpu(metrics, cpu.value()));
    scale.rps().ifPresent(rps -> aimRequests(metrics, rps));
  }

  /** Of {@code autoscaling/v2}: the first version knows CPU only, in a field of its own. */
  private static ArrayNode metrics(ObjectNode autoscaler, ObjectNode spec) {
    JsonNode percent = spec.remove("targetCPUUtilizationPercentage");
    autoscaler.put("apiVersion", "autoscaling/v2");
    boolean silent = !spec.has("metrics");
    ArrayNode metrics = spec.withArray("metrics");
    if (silent) {
      aimCpu(metrics, percent == null ? DEFAULT_CPU_PERCENT : percent.asInt());
    }
    return metrics;
  }

  private static void aimCpu(ArrayNode metrics, int percent) {
    ObjectNode metric = find(metrics, ScaleOverride::isCpu).orElseGet(metrics::addObject);
    metric.put("type", "Resource");
    metric.putObject("resource").put("name", "cpu");
    metric
        .withObject("resource")
        .putObject("target")
        .put("type", "Utilization")
        .put("averageUtilization", percent);
  }

  private static void aimRequests(ArrayNode metrics, double perSecond) {
    find(metrics, RequestRate::isMetric)
        .ifPresentOrElse(
            metric -> RequestRate.aim(metric, perSecond),
            () -> metrics.add(RequestRate.metric(perSecond)));
  }

  private static Optional<ObjectNode> find(ArrayNode metrics, Predicate<JsonNode> wanted) {
    return metrics
        .valueStream()
        .filter(wanted)
        .filter(ObjectNode.class::isInstance)
        .map(ObjectNode.class::cast)
        .findFirst();
  }

  private static boolean isCpu(JsonNode metric) {
    return metric.at("/resource/name").asText().equals("cpu");
  }
}

package dev.mlops.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.config.Scale;
import dev.mlops.problem.Code;
import java.util.List;

/** Puts {@code scale} of the config over the user's HorizontalPodAutoscaler. */
public final class ScaleOverride {
  private static final String KIND = "HorizontalPodAutoscaler";

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
    autoscalers.forEach(autoscaler -> override((ObjectNode) autoscaler.path("spec"), scale));
    return copies;
  }

  private static void override(ObjectNode spec, Scale scale) {
    scale.min().ifPresent(min -> spec.put("minReplicas", min));
    scale.max().ifPresent(max -> spec.put("maxReplicas", max));
    scale
        .cpu()
        .ifPresent(cpu -> {
          for (JsonNode metric : spec.path("metrics")) {
            JsonNode resource = metric.path("resource");
            if (resource.path("name").asText().equals("cpu")
                && resource.path("target") instanceof ObjectNode target) {
              target.put("type", "Utilization").put("averageUtilization", cpu.value());
            }
          }
        });
  }
}

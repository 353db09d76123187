package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;

/**
 * Who sets a Deployment's count of replicas, when that changes: a field that its only owner leaves
 * out of an apply falls back to its default, which would scale a busy service in to one replica.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/using-api/server-side-apply/#transferring-ownership">
 *     Transferring ownership</a>
 */
record Handover(Site site) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Keeps the count that there is, if the manifests now leave it to an autoscaler. */
  void keepCount(ObjectNode deployment, List<ObjectNode> manifests) {
    if (deployment.at("/spec").has("replicas") || !isAutoscaled(deployment, manifests)) {
      return;
    }
    var power = new Applier(site.cluster(), site.namespace(), false, Site.POWER);
    power.live(deployment).filter(Handover::isOurs).ifPresent(live -> power.apply(count(live)));
  }

  /** Whether the autoscaler of the Deployment is about to go, and its count with it. */
  static boolean isFreed(ObjectNode deployment, List<GenericKubernetesResource> leavers) {
    return leavers.stream().map(Applier::tree).anyMatch(leaver -> scales(leaver, deployment));
  }

  private static boolean isAutoscaled(ObjectNode deployment, List<ObjectNode> manifests) {
    return manifests.stream().anyMatch(manifest -> scales(manifest, deployment));
  }

  private static boolean scales(JsonNode object, JsonNode deployment) {
    JsonNode target = object.at("/spec/scaleTargetRef");
    return object.path("kind").asText().equals("HorizontalPodAutoscaler")
        && target.path("kind").asText().equals("Deployment")
        && target.path("name").equals(deployment.at("/metadata/name"));
  }

  private static boolean isOurs(ObjectNode live) {
    for (JsonNode entry : live.at("/metadata/managedFields")) {
      if (entry.path("manager").asText().equals(Applier.MANAGER)
          && entry.at("/fieldsV1/f:spec").has("f:replicas")) {
        return true;
      }
    }
    return false;
  }

  private static ObjectNode count(ObjectNode live) {
    ObjectNode only = JSON.createObjectNode();
    only.set("apiVersion", live.get("apiVersion"));
    only.set("kind", live.get("kind"));
    ObjectNode metadata = only.putObject("metadata");
    metadata.set("name", live.at("/metadata/name"));
    metadata.set("namespace", live.at("/metadata/namespace"));
    only.putObject("spec").set("replicas", live.at("/spec/replicas"));
    return only;
  }
}

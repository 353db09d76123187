package dev.mlops.manifest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.config.Ci;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The user's manifests as a preview of a pull request gets them: bounded, and not on the net. */
public final class PreviewManifests {
  private static final String NAME = "mlops-preview";

  /** They take a host name that another environment has, or an address that costs. */
  private static final Set<String> WAYS_IN =
      Set.of("Ingress", "Gateway", "HTTPRoute", "GRPCRoute", "TLSRoute");

  private PreviewManifests() {}

  /** Copies, with a quota before them. */
  public static List<ObjectNode> of(List<ObjectNode> manifests, Ci.Preview preview) {
    List<ObjectNode> bounded = new ArrayList<>();
    bounded.add(quota(preview));
    bounded.add(usual());
    for (ObjectNode manifest : manifests) {
      if (preview.isPublic()) {
        bounded.add(manifest);
      } else if (!WAYS_IN.contains(manifest.path("kind").asText())) {
        bounded.add(inside(manifest.deepCopy()));
      }
    }
    return bounded;
  }

  private static ObjectNode inside(ObjectNode manifest) {
    boolean outside =
        manifest.path("kind").asText().equals("Service")
            && !manifest.at("/spec/type").asText("ClusterIP").equals("ClusterIP");
    if (outside && manifest.path("spec") instanceof ObjectNode spec) {
      spec.put("type", "ClusterIP");
      spec.remove(
          List.of(
              "loadBalancerIP",
              "loadBalancerClass",
              "loadBalancerSourceRanges",
              "allocateLoadBalancerNodePorts",
              "externalTrafficPolicy",
              "healthCheckNodePort"));
      spec.path("ports")
          .forEach(port -> {
            if (port instanceof ObjectNode open) {
              open.remove("nodePort");
            }
          });
    }
    return manifest;
  }

  private static ObjectNode quota(Ci.Preview preview) {
    ObjectNode quota = object("ResourceQuota");
    ObjectNode hard = quota.putObject("spec").putObject("hard");
    hard.put("pods", Integer.toString(preview.pods()));
    preview.requests().byName().forEach((name, amount) -> hard.put("requests." + name, amount));
    if (!preview.isPublic()) {
      hard.put("services.loadbalancers", "0").put("services.nodeports", "0");
    }
    return quota;
  }

  /** With a quota on requests, a pod that makes none would be refused. */
  private static ObjectNode usual() {
    ObjectNode range = object("LimitRange");
    range
        .putObject("spec")
        .putArray("limits")
        .addObject()
        .put("type", "Container")
        .putObject("defaultRequest")
        .put("cpu", "100m")
        .put("memory", "128Mi");
    return range;
  }

  private static ObjectNode object(String kind) {
    ObjectNode object =
        JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", kind);
    object.putObject("metadata").put("name", NAME);
    return object;
  }
}

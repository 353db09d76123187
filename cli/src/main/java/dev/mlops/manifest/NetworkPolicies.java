package dev.mlops.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether the NetworkPolicies among the manifests let the service's pods call out. What any of them
 * allows is allowed; where none is about calls out, all are.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/services-networking/network-policies/">Network
 *     Policies</a>
 */
public record NetworkPolicies(List<ObjectNode> manifests, String imageName) {
  public NetworkPolicies {
    manifests = List.copyOf(manifests);
  }

  /** Names of those that are in the way; empty if none is, or none alone. */
  public List<String> closedTo(WayOut way) {
    List<JsonNode> all = restricting();
    boolean open =
        way.ports().stream()
            .allMatch(
                any -> any.stream().anyMatch(port -> all.stream().anyMatch(p -> allows(p, port))));
    return open || all.isEmpty()
        ? List.of()
        : all.stream().map(policy -> policy.at("/metadata/name").asText()).toList();
  }

  private List<JsonNode> restricting() {
    Set<JsonNode> pods =
        manifests.stream()
            .filter(object -> Containers.of(object).anyMatch(c -> Containers.names(c, imageName)))
            .collect(Collectors.toSet());
    return manifests.stream()
        .filter(NetworkPolicies::restricts)
        .filter(policy -> pods.stream().anyMatch(workload -> isAbout(policy, workload)))
        .map(JsonNode.class::cast)
        .toList();
  }

  static boolean restricts(JsonNode object) {
    JsonNode spec = object.path("spec");
    return object.path("kind").asText().equals("NetworkPolicy")
        && (spec.path("policyTypes").valueStream().anyMatch(t -> t.asText().equals("Egress"))
            || (!spec.has("policyTypes") && spec.has("egress")));
  }

  private static boolean isAbout(JsonNode policy, JsonNode workload) {
    JsonNode labels = workload.at("/spec/template/metadata/labels");
    JsonNode selector = policy.at("/spec/podSelector");
    return policy.at("/metadata/namespace").equals(workload.at("/metadata/namespace"))
        && selector.path("matchLabels").properties().stream()
            .allMatch(label -> label.getValue().equals(labels.path(label.getKey())))
        && selector.path("matchExpressions").valueStream().allMatch(e -> holds(e, labels));
  }

  private static boolean holds(JsonNode expression, JsonNode labels) {
    JsonNode value = labels.path(expression.path("key").asText());
    boolean named = expression.path("values").valueStream().anyMatch(value::equals);
    return switch (expression.path("operator").asText()) {
      case "In" -> named;
      case "NotIn" -> !named;
      case "Exists" -> !value.isMissingNode();
      default -> value.isMissingNode();
    };
  }

  private static boolean allows(JsonNode policy, int port) {
    return policy.at("/spec/egress").valueStream().anyMatch(rule -> allowsPort(rule, port));
  }

  private static boolean allowsPort(JsonNode rule, int port) {
    JsonNode ports = rule.path("ports");
    return ports.isEmpty() || ports.valueStream().anyMatch(entry -> is(entry, port));
  }

  /** A port by name is one of pods that are not known here. */
  private static boolean is(JsonNode entry, int port) {
    JsonNode first = entry.path("port");
    if (!first.isIntegralNumber()) {
      return true;
    }
    boolean right = port == WayOut.DNS || entry.path("protocol").asText("TCP").equals("TCP");
    return right && first.asInt() <= port && port <= entry.path("endPort").asInt(first.asInt());
  }
}

package dev.mlops.platform.gcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One thing in Compute, and what it says of the cluster that it was made for.
 *
 * @param thing as the API has it
 */
record Leftover(LeftoverKind kind, JsonNode thing) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Names that Kubernetes' controllers make up: of Services, of Ingresses, of claims. */
  private static final Pattern MADE_UP =
      Pattern.compile("k8s[0-9a-z]*-.*|a[0-9a-f]{31,32}|pvc-[0-9a-f]{8}-.*|gkegw1?-.*|gk3-.*");

  String name() {
    return thing.path("name").asText();
  }

  String link() {
    return thing.path("selfLink").asText();
  }

  /** The path of its address, on whatever host. */
  String path() {
    return path(link());
  }

  /** Older answers' links begin with the version. */
  static String path(String link) {
    String path = URI.create(link).getPath();
    return path.startsWith("/compute/") ? path : "/compute" + path;
  }

  /** Of newer versions: whose it is, without a doubt. */
  Optional<String> clusterLabel() {
    return text(thing.at("/labels/goog-k8s-cluster-name"));
  }

  boolean hasLabels(Map<String, String> labels) {
    return labels.entrySet().stream()
        .allMatch(
            label -> thing.path("labels").path(label.getKey()).asText().equals(label.getValue()));
  }

  Optional<String> locationLabel() {
    return text(thing.at("/labels/goog-k8s-cluster-location"));
  }

  /** The namespace of the Service, Ingress or claim, as the description says it. */
  Optional<String> namespace() {
    JsonNode description = description();
    return text(description.path("kubernetes.io/service-name"))
        .or(() -> text(description.path("kubernetes.io/ingress-name")))
        .map(name -> name.replaceFirst("/.*", ""))
        .or(() -> text(description.path("kubernetes.io/created-for/pvc/namespace")))
        .or(() -> text(description.path("namespace")));
  }

  /** Whether Kubernetes made it, of whatever cluster. */
  boolean isOfKubernetes() {
    return MADE_UP.matcher(name()).matches()
        || clusterLabel().isPresent()
        || description().properties().stream()
            .anyMatch(entry -> entry.getKey().contains("kubernetes.io/"));
  }

  /** Whether it is named for the cluster, as firewall rules and groups of nodes are. */
  boolean isNamedFor(String cluster) {
    return name().startsWith("gke-" + cluster + "-") || says("\"gke-" + cluster + "-");
  }

  /** Whether it points to machines of the cluster, by link or by tag. */
  boolean pointsToNodesOf(String cluster) {
    return says("/instances/gke-" + cluster + "-") || says("/instanceGroups/gke-" + cluster + "-");
  }

  boolean pointsToMachines() {
    return says("/instances/") || says("\"gke-");
  }

  boolean pointsTo(Leftover other) {
    return !other.link().isEmpty() && says(other.link() + "\"");
  }

  private boolean says(String text) {
    return thing.toString().contains(text);
  }

  private JsonNode description() {
    try {
      JsonNode json = JSON.readTree(thing.path("description").asText());
      return json == null ? MissingNode.getInstance() : json;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance(); // written by a person
    }
  }

  private static Optional<String> text(JsonNode node) {
    return Optional.of(node.asText()).filter(text -> !text.isEmpty());
  }
}

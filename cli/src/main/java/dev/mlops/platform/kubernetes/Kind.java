package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A kind of object, as {@code apiVersion} and {@code kind} name it.
 *
 * @param apiVersion such as {@code apps/v1}
 */
record Kind(String apiVersion, String kind) implements Comparable<Kind> {
  /** What the manifests of a service usually hold: looked for even where nothing tells of them. */
  static final List<Kind> USUAL =
      List.of(
          new Kind("apps/v1", "Deployment"),
          new Kind("apps/v1", "StatefulSet"),
          new Kind("autoscaling/v2", "HorizontalPodAutoscaler"),
          new Kind("batch/v1", "CronJob"),
          new Kind("batch/v1", "Job"),
          new Kind("networking.k8s.io/v1", "Ingress"),
          new Kind("networking.k8s.io/v1", "NetworkPolicy"),
          new Kind("policy/v1", "PodDisruptionBudget"),
          new Kind("v1", "ConfigMap"),
          new Kind("v1", "Secret"),
          new Kind("v1", "Service"),
          new Kind("v1", "ServiceAccount"));

  static Kind of(JsonNode object) {
    return new Kind(object.path("apiVersion").asText(), object.path("kind").asText());
  }

  /** Of the API; empty for the core's. */
  String group() {
    int slash = apiVersion.indexOf('/');
    return slash < 0 ? "" : apiVersion.substring(0, slash);
  }

  static String join(Collection<Kind> kinds) {
    return kinds.stream().sorted().map(Kind::toString).collect(Collectors.joining(","));
  }

  /** What {@link #join} wrote; what is not that is passed over. */
  static Stream<Kind> split(String text) {
    return Arrays.stream(text.split(","))
        .filter(part -> part.lastIndexOf('/') > 0)
        .map(part ->
            new Kind(
                part.substring(0, part.lastIndexOf('/')),
                part.substring(part.lastIndexOf('/') + 1)));
  }

  static Kind of(HasMetadata object) {
    return new Kind(object.getApiVersion(), object.getKind());
  }

  String version() {
    return apiVersion.substring(apiVersion.indexOf('/') + 1);
  }

  /** Whether these are one kind, in versions that may differ. */
  boolean same(Kind other) {
    return kind.equals(other.kind) && group().equals(other.group());
  }

  @Override
  public int compareTo(Kind other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return apiVersion + "/" + kind;
  }
}

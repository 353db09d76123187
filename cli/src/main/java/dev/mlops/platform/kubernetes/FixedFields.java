package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Fields that Kubernetes fixes when an object is made. Each kind's validation says so in words of
 * its own.
 *
 * @param wanted the object as it was sent
 * @param live as it is in the cluster; empty if it can't be read
 */
record FixedFields(ObjectNode wanted, Optional<ObjectNode> live) {
  private static final Pattern FIXED =
      Pattern.compile(
          "immutable|(may not|can ?not) (be )?(change|unset)|updates? to .* forbidden",
          Pattern.CASE_INSENSITIVE);

  static boolean isCause(StatusCause cause) {
    return FIXED.matcher(words(cause)).find();
  }

  /**
   * @param kubectl with what leads to the cluster, such as {@code kubectl --context c -n n}
   */
  MlopsException problem(
      String kubectl, List<StatusCause> causes, KubernetesClientException refusal) {
    String title = Removal.title(wanted);
    List<String> fields =
        causes.stream().flatMap(cause -> fields(cause).stream()).distinct().toList();
    return Code.KUBERNETES_IMMUTABLE.problem(
        title + " can't be changed in " + String.join(", ", fields),
        "Kubernetes fixes these fields when the object is made.",
        remedy(kubectl),
        refusal);
  }

  /** Where the server only says "spec", those of its parts that differ and that it does not let. */
  private List<String> fields(StatusCause cause) {
    String field = Objects.requireNonNullElse(cause.getField(), "");
    if (!field.equals("spec") || live.isEmpty()) {
      return List.of(field);
    }
    String allowed = words(cause).lines().findFirst().orElse("");
    List<String> changed = new ArrayList<>();
    add("", wanted.path(field), live.get().path(field), changed);
    List<String> fixed =
        changed.stream()
            .filter(path -> prefixes(path).noneMatch(allowed::contains))
            .map(path -> field + "." + path)
            .toList();
    return fixed.isEmpty() ? List.of(field) : fixed;
  }

  private static void add(String path, JsonNode wanted, JsonNode live, List<String> changed) {
    if (wanted.isObject() && live.isObject()) {
      String prefix = path.isEmpty() ? "" : path + ".";
      wanted
          .properties()
          .forEach(entry ->
              add(prefix + entry.getKey(), entry.getValue(), live.path(entry.getKey()), changed));
    } else if (!covers(live, wanted)) {
      changed.add(path);
    }
  }

  /** Whether it has all that is wanted; the server adds its defaults. */
  private static boolean covers(JsonNode live, JsonNode wanted) {
    if (wanted.isObject()) {
      return wanted.properties().stream()
          .allMatch(entry -> covers(live.path(entry.getKey()), entry.getValue()));
    }
    if (wanted.isArray()) {
      return wanted.size() == live.size()
          && IntStream.range(0, wanted.size()).allMatch(i -> covers(live.get(i), wanted.get(i)));
    }
    return wanted.asText().equals(live.asText());
  }

  /** Of {@code a.b.c}: a, a.b and a.b.c. */
  private static Stream<String> prefixes(String path) {
    return Stream.iterate(
        path, Objects::nonNull, p -> p.contains(".") ? p.substring(0, p.lastIndexOf('.')) : null);
  }

  private String remedy(String kubectl) {
    String kind = wanted.path("kind").asText();
    String delete =
        kubectl
            + " delete "
            + kind.toLowerCase(Locale.ROOT)
            + " "
            + wanted.at("/metadata/name").asText();
    return switch (kind) {
      case "StatefulSet" ->
          "Take the former values over into k8s/, or remove the set but not its pods, and run this"
              + " again: "
              + delete
              + " --cascade=orphan";
      case "PersistentVolumeClaim", "PersistentVolume" ->
          "Take the former values over into k8s/, or give it another name there: the data stays"
              + " with the old one";
      case "ConfigMap", "Secret" ->
          "Give it another name in k8s/, there and where it is referred to, or remove the one that"
              + " is there: "
              + delete;
      case "Service" ->
          "Leave the fields out of k8s/, give it another name there, or remove the one that is"
              + " there, with its address: "
              + delete;
      default -> "Give the object another name in k8s/, or remove the one that is there: " + delete;
    };
  }

  private static String words(StatusCause cause) {
    return Objects.requireNonNullElse(cause.getMessage(), "");
  }
}

package dev.mlops.manifest;

import java.util.Map;
import java.util.TreeMap;

/**
 * Whose an object in a cluster is: one environment of one project.
 *
 * @param project the project's name
 * @param environment such as {@code dev}
 * @param namespace where the environment is at home: a cluster may hold two of one name
 */
public record Owner(String project, String environment, String namespace) {
  /** The tool, as the recommended label has it. */
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  public static final String TOOL = "mlops";
  public static final String PROJECT = "mlops.dev/project";
  public static final String ENVIRONMENT = "mlops.dev/environment";
  public static final String NAMESPACE = "mlops.dev/namespace";

  /** Carried by everything that the tool makes; what lacks one of them is not ours. */
  public Map<String, String> labels() {
    return new TreeMap<>(
        Map.of(MANAGED_BY, TOOL, PROJECT, project, ENVIRONMENT, environment, NAMESPACE, namespace));
  }

  /**
   * What everything of ours is looked for by. What a former version made has no label for the
   * namespace: {@link #owns} tells whose it is.
   */
  public Map<String, String> selector() {
    Map<String, String> labels = new TreeMap<>(labels());
    labels.remove(NAMESPACE);
    return labels;
  }

  /**
   * @param labels of an object; may be null
   * @param place the namespace that it lies in; null if it lies in none
   */
  public boolean owns(Map<String, String> labels, String place) {
    if (labels == null || !labels.entrySet().containsAll(selector().entrySet())) {
      return false;
    }
    return namespace.equals(labels.getOrDefault(NAMESPACE, place));
  }
}

package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;

/** What is applied before what: nothing before the objects that it refers to. */
final class Order {
  private static final List<String> FIRST =
      List.of(
          "Namespace",
          "CustomResourceDefinition",
          "PriorityClass",
          "ResourceQuota",
          "LimitRange",
          "ServiceAccount",
          "ClusterRole",
          "ClusterRoleBinding",
          "Role",
          "RoleBinding",
          "Secret",
          "ConfigMap",
          "PersistentVolume",
          "PersistentVolumeClaim",
          "NetworkPolicy",
          "PodDisruptionBudget",
          "Service",
          // Before the workload, on which it is written that all of this was applied.
          "Job");

  /** After what they scale. */
  private static final List<String> LAST = List.of("HorizontalPodAutoscaler");

  private Order() {}

  static List<ObjectNode> of(List<ObjectNode> objects) {
    return objects.stream().sorted(Comparator.comparingInt(Order::rank)).toList();
  }

  private static int rank(ObjectNode object) {
    String kind = object.path("kind").asText();
    int first = FIRST.indexOf(kind);
    return first >= 0 ? first : FIRST.size() + (LAST.contains(kind) ? 1 : 0);
  }
}

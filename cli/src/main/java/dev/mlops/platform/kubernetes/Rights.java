package dev.mlops.platform.kubernetes;

import static dev.mlops.platform.kubernetes.Right.Place.CLUSTER_OPTIONAL;
import static dev.mlops.platform.kubernetes.Right.Place.NAMESPACE;
import static dev.mlops.platform.kubernetes.Right.Place.NAMESPACE_OPTIONAL;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Every right that the tool uses: the one table from which the preflight asks and the reference's
 * Role is written. A test runs the life cycle with nothing but this, and another that each of them
 * is used; whoever adds a call to the API server adds its right here.
 */
final class Rights {
  /** For every object of the manifests. */
  static final List<String> MANAGE = List.of("create", "delete", "get", "list", "patch");

  private static final List<String> WATCH = List.of("list", "watch");

  private static final Map<String, String> PLURALS =
      Map.of(
          "ConfigMap", "configmaps",
          "Deployment", "deployments",
          "HorizontalPodAutoscaler", "horizontalpodautoscalers",
          "Ingress", "ingresses",
          "Job", "jobs",
          "NetworkPolicy", "networkpolicies",
          "PodDisruptionBudget", "poddisruptionbudgets",
          "Secret", "secrets",
          "Service", "services",
          "ServiceAccount", "serviceaccounts");

  /** Whatever the manifests hold. */
  static final List<Right> ALWAYS =
      List.of(
          new Right("apps", "deployments", MANAGE, NAMESPACE, "deploy, pause, resume, destroy"),
          new Right(
              "autoscaling",
              "horizontalpodautoscalers",
              List.of("list"),
              NAMESPACE,
              "status, pause, resume"),
          new Right("", "services", List.of("list"), NAMESPACE, "the endpoint"),
          new Right("apps", "deployments", WATCH, NAMESPACE, "rollouts"),
          new Right("apps", "replicasets", WATCH, NAMESPACE, "rollouts, releases, rollback"),
          new Right("", "pods", WATCH, NAMESPACE, "rollouts, status, logs"),
          new Right("", "pods/log", List.of("get"), NAMESPACE, "logs"));

  /** What is told only to those who may know. */
  static final List<Right> OPTIONAL =
      List.of(
          new Right(
              "",
              "namespaces",
              List.of("get"),
              NAMESPACE_OPTIONAL,
              "whether the namespace is there; else it is taken to be"),
          new Right("", "events", WATCH, NAMESPACE_OPTIONAL, "why a pod does not start"),
          new Right(
              "",
              "pods",
              List.of("create", "delete", "get"),
              NAMESPACE_OPTIONAL,
              "`doctor`: to see from inside whether the image is pulled and names are resolved; a"
                  + " StatefulSet's way back to a former release"),
          new Right(
              "batch",
              "jobs",
              List.of("create", "delete", "get"),
              NAMESPACE_OPTIONAL,
              "`train --on cluster`, and the workers of `loadtest`"),
          new Right(
              "", "pods/proxy", List.of("get"), NAMESPACE_OPTIONAL, "each replica's own figures"),
          new Right(
              "",
              "pods/portforward",
              List.of("create", "get"), // which of them, depends on the server's version
              NAMESPACE_OPTIONAL,
              "`open`, asking a service that has no address, the model of `train --on cluster`, and"
                  + " the workers of `loadtest`"),
          new Right(
              "", "resourcequotas", List.of("list"), NAMESPACE_OPTIONAL, "which quota is used up"),
          new Right(
              "metrics.k8s.io",
              "pods",
              List.of("list"),
              NAMESPACE_OPTIONAL,
              "whether the autoscaler has its metrics"),
          new Right(
              "",
              "namespaces",
              List.of("create", "delete"),
              CLUSTER_OPTIONAL,
              "to make the namespace, and to remove it with `destroy`"),
          new Right(
              "",
              "nodes",
              List.of("list"),
              CLUSTER_OPTIONAL,
              "whether a node can run the image, and the nodes' versions"),
          new Right(
              "discovery.k8s.io",
              "endpointslices",
              List.of("list"),
              CLUSTER_OPTIONAL,
              "whether the cluster's DNS runs"));

  private Rights() {}

  /** The plural by which the API knows a kind; empty for kinds that only the server knows. */
  static String plural(Kind kind) {
    return PLURALS.getOrDefault(kind.kind(), "");
  }

  static Right manage(Kind kind, String plural) {
    return new Right(kind.group(), plural, MANAGE, NAMESPACE, "the manifests' own");
  }

  /** One entry for each resource, with all its verbs. */
  static List<Right> merged(Collection<Right> rights) {
    Map<String, Right> byResource = new TreeMap<>();
    for (Right right : rights) {
      byResource.merge(right.group() + "/" + right.resource(), right, Rights::both);
    }
    return List.copyOf(byResource.values());
  }

  private static Right both(Right one, Right other) {
    List<String> verbs = new ArrayList<>(one.verbs());
    other.verbs().stream().filter(verb -> !verbs.contains(verb)).forEach(verbs::add);
    return new Right(
        one.group(), one.resource(), verbs.stream().sorted().toList(), one.place(), one.purpose());
  }
}

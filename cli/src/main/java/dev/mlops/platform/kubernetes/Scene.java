package dev.mlops.platform.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Deployment with all that the cluster tells of it at one moment.
 *
 * @param replicaSets its own
 * @param pods its own, the oldest first
 * @param events of the namespace; empty where they may not be read
 */
record Scene(
    Deployment deployment, List<ReplicaSet> replicaSets, List<Pod> pods, List<Event> events) {
  static final String REVISION = "deployment.kubernetes.io/revision";
  private static final String HASH = "pod-template-hash";

  Scene {
    replicaSets =
        replicaSets.stream()
            .filter(set -> isOwned(set, deployment))
            .sorted(Comparator.comparingInt(Scene::revision).reversed())
            .toList();
    pods =
        pods.stream()
            .sorted(
                Comparator.comparing((Pod pod) -> pod.getMetadata().getCreationTimestamp())
                    .thenComparing(pod -> pod.getMetadata().getName()))
            .toList();
    events = List.copyOf(events);
  }

  /** What is rolled out, or was last; absent until the cluster has taken notice. */
  Optional<ReplicaSet> newest() {
    return replicaSets.stream().findFirst().filter(_ -> isObserved());
  }

  /** Pods of the newest template that are to stay. */
  List<Pod> newestPods() {
    String hash = newest().map(set -> label(set, HASH)).orElse("");
    return pods.stream()
        .filter(pod -> !hash.isEmpty() && hash.equals(label(pod, HASH)))
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .toList();
  }

  /** Whether a pod is on its way out: what it holds will be free soon. */
  boolean isDraining() {
    return pods.stream().anyMatch(pod -> pod.getMetadata().getDeletionTimestamp() != null);
  }

  Stream<Event> events(HasMetadata object) {
    return events.stream()
        .filter(event ->
            event.getInvolvedObject().getKind().equals(object.getKind())
                && object.getMetadata().getName().equals(event.getInvolvedObject().getName()));
  }

  boolean isObserved() {
    Long observed =
        deployment.getStatus() == null ? null : deployment.getStatus().getObservedGeneration();
    return observed != null && observed >= deployment.getMetadata().getGeneration();
  }

  /** Kubernetes counts the templates; one that comes back counts as new. 0 where it has not yet. */
  static int revision(HasMetadata object) {
    var annotations = object.getMetadata().getAnnotations();
    String text = annotations == null ? null : annotations.get(REVISION);
    return text == null ? 0 : Integer.parseInt(text);
  }

  private static boolean isOwned(ReplicaSet set, Deployment deployment) {
    return set.getMetadata().getOwnerReferences().stream()
        .anyMatch(owner -> owner.getUid().equals(deployment.getMetadata().getUid()));
  }

  private static String label(HasMetadata object, String name) {
    var labels = object.getMetadata().getLabels();
    return labels == null ? "" : labels.getOrDefault(name, "");
  }
}

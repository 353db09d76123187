package dev.mlops.platform.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** How far a rollout is, as one line. */
final class RolloutProgress {
  private static final int SHOWN = 3;

  private RolloutProgress() {}

  static String line(Scene scene) {
    DeploymentStatus status = scene.deployment().getStatus();
    List<Pod> pods = scene.newestPods();
    long ready = pods.stream().filter(PodState::isReady).count();
    String rest =
        pods.stream()
            .filter(pod -> !PodState.isReady(pod))
            .limit(SHOWN)
            .map(pod -> "; " + pod.getMetadata().getName() + ": " + state(pod, scene))
            .collect(Collectors.joining());
    long former = status == null ? 0 : Rollout.count(status.getReplicas()) - pods.size();
    return ready
        + " of "
        + StatusReader.desired(scene.deployment())
        + " new replicas ready"
        + (former > 0 ? ", " + former + " of the former to go" : "")
        + rest;
  }

  private static String state(Pod pod, Scene scene) {
    boolean unscheduled =
        pod.getStatus().getConditions().stream().anyMatch(SchedulingFaults::isUnschedulable);
    if (unscheduled) {
      return SchedulingFaults.isNodeComing(pod, scene)
          ? "waits for a node that is being added"
          : "no node takes it yet";
    }
    boolean creating =
        PodState.waiting(pod).anyMatch(waiting -> "ContainerCreating".equals(waiting.getReason()));
    return creating && isPulling(pod, scene) ? "pulling the image" : PodState.replica(pod).state();
  }

  private static boolean isPulling(Pod pod, Scene scene) {
    return scene
        .events(pod)
        .max(Comparator.comparing(event -> event.getMetadata().getCreationTimestamp()))
        .map(Event::getReason)
        .filter("Pulling"::equals)
        .isPresent();
  }
}

package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Status;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What runs, as the cluster says. */
record StatusReader(Site site) {

  Status read() {
    return site.main().map(this::of).orElse(Status.NOTHING);
  }

  private Status of(Deployment deployment) {
    List<Pod> pods = site.pods(deployment);
    Optional<Pause> pause = Pause.of(deployment);
    int desired = pause.map(Pause::replicas).orElse(desired(deployment));
    int ready = (int) pods.stream().filter(PodState::isReady).count();
    return new Status(
        state(deployment, pause, pods),
        new Addresses(site).of(deployment),
        ReleaseReader.of(deployment),
        new Status.Replicas(desired, ready, pods.stream().map(PodState::replica).toList()),
        new Autoscalers(site).of(deployment).map(Autoscalers::status),
        pause.map(Pause::since).or(() -> since(deployment)),
        notes(deployment, pods));
  }

  static int desired(Deployment deployment) {
    return Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 1);
  }

  private static Status.State state(Deployment deployment, Optional<Pause> pause, List<Pod> pods) {
    if (pause.isPresent()) {
      return pods.isEmpty() ? Status.State.PAUSED : Status.State.DEGRADED;
    }
    return Rollout.isComplete(deployment) ? Status.State.RUNNING : Status.State.DEGRADED;
  }

  private static Optional<Instant> since(Deployment deployment) {
    return conditions(deployment).stream()
        .filter(condition -> condition.getType().equals("Available"))
        .map(DeploymentCondition::getLastTransitionTime)
        .map(Instant::parse)
        .findFirst();
  }

  static List<DeploymentCondition> conditions(Deployment deployment) {
    return deployment.getStatus() == null ? List.of() : deployment.getStatus().getConditions();
  }

  private static List<String> notes(Deployment deployment, List<Pod> pods) {
    List<String> notes = new ArrayList<>();
    for (Pod pod : pods) {
      PodState.waiting(pod)
          .filter(waiting -> waiting.getMessage() != null)
          .forEach(waiting ->
              notes.add(
                  pod.getMetadata().getName()
                      + ": "
                      + waiting.getReason()
                      + ", "
                      + waiting.getMessage()));
    }
    conditions(deployment).stream()
        .filter(condition -> condition.getType().equals("ReplicaFailure"))
        .forEach(condition -> notes.add(condition.getMessage()));
    return notes;
  }
}

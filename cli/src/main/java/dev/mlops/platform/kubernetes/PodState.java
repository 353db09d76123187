package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Status;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A pod as a replica. */
final class PodState {
  private PodState() {}

  static Status.Replica replica(Pod pod) {
    return new Status.Replica(
        pod.getMetadata().getName(),
        label(pod),
        containers(pod).mapToInt(ContainerStatus::getRestartCount).sum(),
        Optional.empty(),
        Optional.empty(),
        Optional.ofNullable(pod.getStatus().getStartTime()).map(Instant::parse),
        lastEnd(pod));
  }

  /** Of the container that ended last; one that runs again keeps how it ended before. */
  private static Optional<Status.End> lastEnd(Pod pod) {
    return containers(pod)
        .flatMap(container ->
            Stream.of(container.getState(), container.getLastState())
                .map(state -> state == null ? null : state.getTerminated())
                .filter(Objects::nonNull)
                .filter(_ -> container.getRestartCount() > 0)
                .limit(1))
        .max(Comparator.comparing(end -> Objects.requireNonNullElse(end.getFinishedAt(), "")))
        .map(PodState::end);
  }

  private static Status.End end(ContainerStateTerminated end) {
    String how =
        "OOMKilled".equals(end.getReason())
            ? "out of memory"
            : "exit code " + end.getExitCode() + ExitCodes.meaning(end.getExitCode());
    return new Status.End(how, Optional.ofNullable(end.getFinishedAt()).map(Instant::parse));
  }

  /** Ready, and to stay: one that drains takes no new requests. */
  static boolean serves(Pod pod) {
    return isReady(pod) && pod.getMetadata().getDeletionTimestamp() == null;
  }

  static boolean isReady(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
  }

  /** Reasons for which containers wait, such as {@code ImagePullBackOff}. */
  static Stream<ContainerStateWaiting> waiting(Pod pod) {
    return containers(pod)
        .map(container -> container.getState().getWaiting())
        .filter(Objects::nonNull);
  }

  static Stream<ContainerStatus> containers(Pod pod) {
    return Stream.concat(
        pod.getStatus().getInitContainerStatuses().stream(),
        pod.getStatus().getContainerStatuses().stream());
  }

  /** Whether it runs no more, and never will again. */
  static boolean isOver(Pod pod) {
    String phase = pod.getStatus().getPhase();
    return "Failed".equals(phase) || "Succeeded".equals(phase);
  }

  /** One that was evicted, say: it stays listed, and no ReplicaSet minds it. */
  static boolean isLeftOver(Pod pod) {
    return isOver(pod) && pod.getMetadata().getDeletionTimestamp() == null;
  }

  private static String label(Pod pod) {
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      return "draining";
    }
    if (isReady(pod)) {
      return "ready";
    }
    return waiting(pod).map(PodState::label).findFirst().orElseGet(() -> phase(pod));
  }

  private static String label(ContainerStateWaiting waiting) {
    return switch (Objects.requireNonNullElse(waiting.getReason(), "")) {
      case "CrashLoopBackOff" -> "back-off";
      case "ContainerCreating", "PodInitializing", "" -> "starting";
      default -> waiting.getReason();
    };
  }

  private static String phase(Pod pod) {
    return switch (pod.getStatus().getPhase()) {
      case "Running" -> "starting";
      case "Pending" -> "pending";
      case "Failed" -> "failed";
      case "Succeeded" -> "ended";
      default -> pod.getStatus().getPhase();
    };
  }
}

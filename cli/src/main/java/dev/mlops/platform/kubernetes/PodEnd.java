package dev.mlops.platform.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Objects;
import java.util.Optional;

/** How a job's pod has ended, in a few words. */
final class PodEnd {
  private PodEnd() {}

  /** Empty as long as nothing tells that it has. */
  static Optional<String> of(Pod pod) {
    Optional<ContainerStateTerminated> end =
        PodState.containers(pod)
            .map(container -> container.getState().getTerminated())
            .filter(Objects::nonNull)
            .findFirst();
    String name = pod.getMetadata().getName();
    if (end.isPresent()) {
      return Optional.of("pod " + name + ": " + words(end.get()));
    }
    return pod.getMetadata().getDeletionTimestamp() == null
        ? Optional.empty()
        : Optional.of("pod " + name + " is being deleted");
  }

  private static String words(ContainerStateTerminated end) {
    return "OOMKilled".equals(end.getReason()) ? "out of memory" : "exit code " + end.getExitCode();
  }
}

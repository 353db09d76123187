package dev.mlops.platform.kubernetes;

import dev.mlops.problem.Code;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Containers that end: by themselves, for want of memory, or because a probe had them killed. */
final class EndFaults {
  private static final Set<String> NEVER_RAN = Set.of("StartError", "ContainerCannotRun");
  private static final int TWICE = 2;

  private EndFaults() {}

  static Stream<Fault> of(Pod pod, Scene scene) {
    return PodState.containers(pod)
        .filter(container -> last(container).isPresent())
        .filter(container -> !isDone(pod, container))
        .map(container -> fault(pod, scene, container, last(container).get()));
  }

  private static Fault fault(
      Pod pod, Scene scene, ContainerStatus container, ContainerStateTerminated end) {
    if (NEVER_RAN.contains(end.getReason())) {
      return neverRan(pod, container, end);
    }
    if ("OOMKilled".equals(end.getReason())) {
      return outOfMemory(pod, container);
    }
    return ProbeFaults.killed(pod, scene, container.getName(), patience(container))
        .orElseGet(() -> crash(pod, container, end));
  }

  private static Fault neverRan(Pod pod, ContainerStatus container, ContainerStateTerminated end) {
    return new Fault(
        Code.KUBERNETES_CONTAINER,
        pod.getMetadata().getName(),
        "",
        title(pod, container) + " can't be started",
        words(end),
        "Correct the container's command, or the image.",
        patience(container));
  }

  private static Fault outOfMemory(Pod pod, ContainerStatus container) {
    String limit =
        limit(pod, container.getName())
            .map(memory -> "Its limit is " + memory + ".")
            .orElse("It has no limit of its own: the node had no more.");
    return new Fault(
        Code.KUBERNETES_OUT_OF_MEMORY,
        pod.getMetadata().getName(),
        container.getName(),
        title(pod, container) + " was killed for want of memory" + times(container),
        limit,
        "Raise resources.limits.memory in the manifests.",
        patience(container));
  }

  private static Fault crash(Pod pod, ContainerStatus container, ContainerStateTerminated end) {
    return new Fault(
        Code.KUBERNETES_CRASH,
        pod.getMetadata().getName(),
        container.getName(),
        title(pod, container)
            + " ended with exit code "
            + end.getExitCode()
            + ExitCodes.meaning(end.getExitCode())
            + times(container),
        words(end),
        "mlops logs --replica " + pod.getMetadata().getName(),
        patience(container));
  }

  /** One end may heal. */
  private static Duration patience(ContainerStatus container) {
    return ends(container) >= TWICE ? Duration.ZERO : Fault.UNTIL_DEADLINE;
  }

  private static int ends(ContainerStatus container) {
    boolean runs = container.getState().getRunning() != null;
    return container.getRestartCount() + (runs ? 0 : 1);
  }

  private static String times(ContainerStatus container) {
    return ends(container) > 1 ? ", " + ends(container) + " times in a row" : "";
  }

  private static Optional<ContainerStateTerminated> last(ContainerStatus container) {
    return Optional.ofNullable(container.getState().getTerminated())
        .or(() -> Optional.ofNullable(container.getLastState().getTerminated()));
  }

  /** An init container that has done its work, or one that runs again and is well. */
  private static boolean isDone(Pod pod, ContainerStatus container) {
    boolean init =
        pod.getStatus().getInitContainerStatuses().stream().anyMatch(c -> c.equals(container));
    var terminated = container.getState().getTerminated();
    boolean done = init && terminated != null && terminated.getExitCode() == 0;
    return done || Boolean.TRUE.equals(container.getReady());
  }

  private static Optional<Quantity> limit(Pod pod, String container) {
    return Stream.concat(
            pod.getSpec().getContainers().stream(), pod.getSpec().getInitContainers().stream())
        .filter(c -> c.getName().equals(container))
        .map(Container::getResources)
        .filter(Objects::nonNull)
        .flatMap(resources -> Stream.ofNullable(resources.getLimits()))
        .flatMap(limits -> Stream.ofNullable(limits.get("memory")))
        .findFirst();
  }

  private static String title(Pod pod, ContainerStatus container) {
    return "Container " + container.getName() + " of pod " + pod.getMetadata().getName();
  }

  private static String words(ContainerStateTerminated end) {
    return Objects.requireNonNullElse(end.getMessage(), "").strip();
  }
}

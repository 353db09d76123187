package dev.mlops.platform.kubernetes;

import dev.mlops.problem.Code;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Containers that can't be made: what they refer to is missing, or the node refuses them. */
final class ContainerFaults {
  private static final Set<String> REASONS =
      Set.of(
          "CreateContainerConfigError",
          "CreateContainerError",
          "RunContainerError",
          "PreCreateHookError",
          "PreStartHookError",
          "PostStartHookError");

  private static final Pattern MISSING =
      Pattern.compile("not found|couldn't find key|non-existent|doesn't exist|does not exist");

  /** The object may have been applied in the same moment. */
  private static final Duration LOOK_TWICE = Duration.ofSeconds(5);

  /** The kubelet's cache of ConfigMaps and Secrets may be behind. */
  private static final Duration MOUNT = Duration.ofSeconds(10);

  private ContainerFaults() {}

  static Stream<Fault> of(Pod pod, Scene scene) {
    Stream<Fault> containers =
        PodState.waiting(pod)
            .filter(waiting -> REASONS.contains(waiting.getReason()))
            .map(waiting -> fault(pod, words(waiting), LOOK_TWICE));
    return Stream.concat(containers, mounts(pod, scene));
  }

  /** A volume's source that is missing is told by events alone. */
  private static Stream<Fault> mounts(Pod pod, Scene scene) {
    boolean creating =
        PodState.waiting(pod)
            .map(ContainerStateWaiting::getReason)
            .anyMatch(
                reason -> "ContainerCreating".equals(reason) || "PodInitializing".equals(reason));
    return creating
        ? scene
            .events(pod)
            .filter(event -> "FailedMount".equals(event.getReason()))
            .map(Event::getMessage)
            .filter(message -> MISSING.matcher(message).find())
            .max(Comparator.naturalOrder())
            .stream()
            .map(message -> fault(pod, message, MOUNT))
        : Stream.empty();
  }

  private static Fault fault(Pod pod, String words, Duration patience) {
    String name = pod.getMetadata().getName();
    return MISSING.matcher(words).find()
        ? new Fault(
            Code.KUBERNETES_REFERENCE,
            name,
            "",
            "Pod " + name + " refers to something that is not there",
            words,
            "Add it to the manifests, or correct the reference.",
            patience)
        : new Fault(
            Code.KUBERNETES_CONTAINER,
            name,
            "",
            "A container of pod " + name + " can't be started",
            words,
            "Correct the pod template in the manifests.",
            patience);
  }

  private static String words(ContainerStateWaiting waiting) {
    return Objects.requireNonNullElse(waiting.getMessage(), waiting.getReason());
  }
}

package dev.mlops.platform.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.stream.Stream;

/** Why the newest pods of a Deployment are not ready; a function of what the cluster tells. */
final class Diagnosis {
  private Diagnosis() {}

  /** What is nearest to the cause comes first; empty if nothing is known to be wrong. */
  static List<Fault> of(Scene scene) {
    Stream<Fault> creation =
        scene.newest().stream().flatMap(set -> CreationFaults.of(set, scene.isDraining()));
    Stream<Fault> pods =
        scene.newestPods().stream()
            .filter(pod -> !PodState.isReady(pod))
            .flatMap(pod -> of(pod, scene));
    return Stream.concat(creation, pods).toList();
  }

  static Stream<Fault> of(Pod pod, Scene scene) {
    return Stream.of(
            SchedulingFaults.of(pod, scene),
            ImageFaults.of(pod),
            ContainerFaults.of(pod, scene),
            EndFaults.of(pod, scene),
            ProbeFaults.of(pod, scene))
        .flatMap(faults -> faults);
  }
}

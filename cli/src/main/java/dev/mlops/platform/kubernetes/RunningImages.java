package dev.mlops.platform.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.stream.Stream;

/** Which pods of a cluster, of whomever, run an image of a repository. */
public final class RunningImages {

  private RunningImages() {}

  /**
   * @param address of the repository, without a slash at its end
   * @return such as "pod web-1 in default", in all namespaces that may be seen
   * @throws dev.mlops.problem.MlopsException if the cluster does not say
   */
  public static List<String> of(Cluster cluster, String address) {
    List<Pod> pods =
        ApiProblems.asking(
            cluster,
            "list the pods of all namespaces",
            () -> cluster.client().pods().inAnyNamespace().list().getItems());
    return pods.stream()
        .filter(pod -> !PodState.isOver(pod))
        .filter(pod -> images(pod).anyMatch(image -> image.startsWith(address + "/")))
        .map(
            pod -> "pod " + pod.getMetadata().getName() + " in " + pod.getMetadata().getNamespace())
        .toList();
  }

  private static Stream<String> images(Pod pod) {
    return Stream.concat(
            pod.getSpec().getContainers().stream(), pod.getSpec().getInitContainers().stream())
        .map(Container::getImage);
  }
}

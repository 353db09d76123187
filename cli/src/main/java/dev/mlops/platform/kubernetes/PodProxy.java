package dev.mlops.platform.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.Optional;

/** Asks one pod by http through the API server, wherever the pods' own network is. */
record PodProxy(Site site) {

  /**
   * @return empty if the pod has no port, or we may not ask it
   * @throws IOException if it does not answer, or not with 200
   */
  Optional<byte[]> get(String pod, String path) throws IOException {
    Optional<Integer> port =
        site.main().stream()
            .flatMap(main -> site.pods(main).stream())
            .filter(found -> found.getMetadata().getName().equals(pod))
            .flatMap(found -> port(found).stream())
            .findFirst();
    return port.isEmpty() ? Optional.empty() : ask(pod, port.get(), path);
  }

  /** The first that the pod's containers name. */
  static Optional<Integer> port(Pod pod) {
    return pod.getSpec().getContainers().stream()
        .map(Container::getPorts)
        .flatMap(ports -> ports.stream().map(ContainerPort::getContainerPort))
        .findFirst();
  }

  private Optional<byte[]> ask(String pod, int port, String path) throws IOException {
    String uri =
        "/api/v1/namespaces/%s/pods/%s:%d/proxy%s".formatted(site.namespace(), pod, port, path);
    try {
      String answer = site.cluster().client().raw(uri);
      if (answer == null) {
        throw new IOException("pod " + pod + " has no " + path);
      }
      return Optional.of(answer.getBytes(UTF_8));
    } catch (KubernetesClientException e) {
      if (e.getCode() == 403) {
        return Optional.empty();
      }
      throw new IOException("pod " + pod + " does not answer: " + ApiProblems.reason(e), e);
    }
  }
}

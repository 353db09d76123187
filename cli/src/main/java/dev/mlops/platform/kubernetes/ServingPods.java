package dev.mlops.platform.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.PortForward;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The pods that take requests now, one after the other. */
final class ServingPods {
  private static final Duration AGAIN = Duration.ofMillis(500);
  private static final int LOOKS = 60;

  private final Site site;
  private final AtomicInteger turn = new AtomicInteger();

  /**
   * @param port that the service listens on
   */
  record Place(String pod, int port) {}

  ServingPods(Site site) {
    this.site = site;
  }

  /** Waits a while for one that is ready, as while pods are replaced; empty if there is none. */
  Optional<Place> next() throws InterruptedException {
    for (int look = 0; look < LOOKS; look++) {
      Optional<Place> place = now();
      if (place.isPresent()) {
        return place;
      }
      Thread.sleep(AGAIN);
    }
    return Optional.empty();
  }

  /** Between a client and a pod, through the API server; ends with either of them. */
  PortForward connect(Place place, ReadableByteChannel in, WritableByteChannel out) {
    return site.cluster()
        .client()
        .pods()
        .inNamespace(site.namespace())
        .withName(place.pod())
        .portForward(place.port(), in, out);
  }

  private Optional<Place> now() {
    Optional<Deployment> main = site.main();
    List<Pod> pods =
        main.stream().flatMap(m -> site.pods(m).stream()).filter(PodState::serves).toList();
    if (pods.isEmpty()) {
      return Optional.empty();
    }
    Pod pod = pods.get(Math.floorMod(turn.getAndIncrement(), pods.size()));
    return target(main.get())
        .flatMap(target -> port(pod, target))
        .or(() -> PodProxy.port(pod))
        .map(port -> new Place(pod.getMetadata().getName(), port));
  }

  /** Where the Service sends requests, if there is one. */
  private Optional<IntOrString> target(Deployment main) {
    return new Addresses(site)
        .services(main).stream()
            .map(Service::getSpec)
            .flatMap(spec -> spec.getPorts().stream())
            .map(port -> port.getTargetPort())
            .findFirst();
  }

  private static Optional<Integer> port(Pod pod, IntOrString target) {
    return target.getIntVal() != null
        ? Optional.of(target.getIntVal())
        : pod.getSpec().getContainers().stream()
            .map(Container::getPorts)
            .flatMap(List::stream)
            .filter(port -> target.getStrVal().equals(port.getName()))
            .map(ContainerPort::getContainerPort)
            .findFirst();
  }
}

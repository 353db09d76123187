package dev.mlops.platform.kubernetes;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a Deployment is reached from outside the cluster. */
record Addresses(Site site) {

  Optional<URI> of(Deployment deployment) {
    return services(deployment).stream().flatMap(service -> address(service).stream()).findFirst();
  }

  /** Services that send to the Deployment's pods. */
  List<Service> services(Deployment deployment) {
    Map<String, String> pods = deployment.getSpec().getTemplate().getMetadata().getLabels();
    List<Service> all =
        site.ask(
            "list the Services in " + site.namespace(),
            client -> client.services().inNamespace(site.namespace()).list().getItems());
    return all.stream()
        .filter(service -> service.getSpec().getSelector() != null)
        .filter(service -> !service.getSpec().getSelector().isEmpty())
        .filter(service -> pods.entrySet().containsAll(service.getSpec().getSelector().entrySet()))
        .toList();
  }

  /** Of a load balancer that has one by now. */
  private static Optional<URI> address(Service service) {
    if (service.getStatus() == null || service.getStatus().getLoadBalancer() == null) {
      return Optional.empty();
    }
    int port = service.getSpec().getPorts().getFirst().getPort();
    return service.getStatus().getLoadBalancer().getIngress().stream()
        .map(Addresses::host)
        .map(host -> URI.create("http://" + host + (port == 80 ? "" : ":" + port)))
        .findFirst();
  }

  private static String host(LoadBalancerIngress ingress) {
    if (ingress.getIp() == null) {
      return ingress.getHostname();
    }
    return ingress.getIp().contains(":") ? "[" + ingress.getIp() + "]" : ingress.getIp();
  }
}

package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a Deployment is reached from outside the cluster. What the manifests put before the
 * Services goes first: Gateways, then Ingresses, then load balancers.
 */
record Addresses(Site site) {
  private static final ObjectMapper JSON = new ObjectMapper();

  Optional<URI> of(Deployment deployment) {
    return ways(deployment).stream().flatMap(way -> way.address().stream()).findFirst();
  }

  /** Every way that is asked for, with or without an address yet. */
  List<WayIn> ways(Deployment deployment) {
    List<Service> services = services(deployment);
    Set<String> names =
        services.stream().map(s -> s.getMetadata().getName()).collect(Collectors.toSet());
    return Stream.of(
            gateways(names),
            ours(IngressWay.KIND).flatMap(ingress -> IngressWay.of(ingress, names)),
            services.stream().map(service -> tree(service)).flatMap(Addresses::balanced))
        .flatMap(ways -> ways)
        .toList();
  }

  /** Of a Service for pods of the same cluster. */
  static URI within(Service service) {
    int port = service.getSpec().getPorts().getFirst().getPort();
    return URI.create(
        "http://%s.%s.svc%s"
            .formatted(
                service.getMetadata().getName(),
                service.getMetadata().getNamespace(),
                port == 80 ? "" : ":" + port));
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

  private Stream<WayIn> gateways(Set<String> services) {
    return ours(GatewayWay.ROUTE)
        .filter(route -> GatewayWay.leadsTo(route, services))
        .flatMap(route ->
            route
                .at("/spec/parentRefs")
                .valueStream()
                .flatMap(parent ->
                    gateway(route, parent).stream()
                        .flatMap(gateway -> GatewayWay.of(route, parent, gateway).stream())));
  }

  /** It may be in another namespace, and somebody else's. */
  private Optional<JsonNode> gateway(JsonNode route, JsonNode parent) {
    var kind = new Kind(route.path("apiVersion").asText(), "Gateway");
    String namespace = parent.path("namespace").asText(route.at("/metadata/namespace").asText());
    return site.cluster()
        .discovery()
        .find(kind)
        .flatMap(found -> read(found, namespace, parent.path("name").asText()));
  }

  private Optional<JsonNode> read(ApiKind kind, String namespace, String name) {
    try {
      return Optional.ofNullable(
              site.cluster()
                  .client()
                  .genericKubernetesResources(kind.context())
                  .inNamespace(namespace)
                  .withName(name)
                  .get())
          .map(object -> Applier.tree(object));
    } catch (KubernetesClientException e) {
      if (e.getCode() == 403) {
        return Optional.empty();
      }
      throw ApiProblems.of(site.cluster(), "read Gateway " + name, e);
    }
  }

  private static Stream<WayIn> balanced(JsonNode service) {
    if (!service.at("/spec/type").asText().equals("LoadBalancer")) {
      return Stream.empty();
    }
    Optional<String> host =
        service
            .at("/status/loadBalancer/ingress")
            .valueStream()
            .flatMap(entry -> WayIn.host(entry).stream())
            .findFirst();
    return Stream.of(WayIn.to(service, host, false, service.at("/spec/ports/0/port").asInt()));
  }

  /** Asks only for kinds that were applied: others may not be there, or not be ours to see. */
  private Stream<JsonNode> ours(Kind kind) {
    Extent told = site.told();
    return told.kinds().stream()
        .filter(kind::same)
        .flatMap(applied -> site.cluster().discovery().find(applied).stream())
        .flatMap(found -> Listing.of(found, told).stream())
        .flatMap(listing -> listing.ask(site.cluster(), site.settings().owner()).stream())
        .map(object -> Applier.tree(object));
  }

  private static JsonNode tree(Service service) {
    return JSON.valueToTree(service);
  }
}

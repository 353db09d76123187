package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An Ingress that sends all paths to one of the services.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/services-networking/ingress/">Ingress</a>
 */
final class IngressWay {
  static final Kind KIND = new Kind("networking.k8s.io/v1", "Ingress");
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private IngressWay() {}

  /**
   * @param services names of those that lead to the service's pods
   */
  static Stream<WayIn> of(JsonNode ingress, Set<String> services) {
    if (isTo(ingress.at("/spec/defaultBackend"), services)) {
      return Stream.of(way(ingress, ""));
    }
    return ingress
        .at("/spec/rules")
        .valueStream()
        .filter(rule -> rule.at("/http/paths").valueStream().anyMatch(p -> isAll(p, services)))
        .map(rule -> way(ingress, rule.path("host").asText("")))
        .limit(1);
  }

  private static boolean isAll(JsonNode path, Set<String> services) {
    return isTo(path.path("backend"), services) && path.path("path").asText("/").equals("/");
  }

  private static boolean isTo(JsonNode backend, Set<String> services) {
    return services.contains(backend.at("/service/name").asText());
  }

  /** Reached by its host's name, once it has an address at all. */
  private static WayIn way(JsonNode ingress, String host) {
    Optional<String> given =
        ingress
            .at("/status/loadBalancer/ingress")
            .valueStream()
            .flatMap(entry -> WayIn.host(entry).stream())
            .findFirst();
    boolean named = !host.isEmpty() && !host.startsWith("*");
    boolean tls = isTls(ingress, host);
    return WayIn.to(ingress, given.map(g -> named ? host : g), tls, tls ? HTTPS : HTTP);
  }

  /** An entry without hosts stands for all. */
  private static boolean isTls(JsonNode ingress, String host) {
    return ingress
        .at("/spec/tls")
        .valueStream()
        .anyMatch(entry ->
            entry.path("hosts").isEmpty()
                || entry.path("hosts").valueStream().anyMatch(h -> h.asText().equals(host)));
  }
}

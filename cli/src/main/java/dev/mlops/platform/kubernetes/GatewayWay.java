package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An HTTPRoute that sends all paths to one of the services, by a Gateway's listener.
 *
 * @see <a href="https://gateway-api.sigs.k8s.io/api-types/httproute/">HTTPRoute</a>
 */
final class GatewayWay {
  static final Kind ROUTE = new Kind("gateway.networking.k8s.io/v1", "HTTPRoute");

  private GatewayWay() {}

  /** Whether it sends all paths to one of the services. */
  static boolean leadsTo(JsonNode route, Set<String> services) {
    return route.at("/spec/rules").valueStream().anyMatch(rule -> isAll(rule, services));
  }

  /** By the listener that is named, or else one that speaks TLS, or else the first. */
  static Optional<WayIn> of(JsonNode route, JsonNode parent, JsonNode gateway) {
    List<JsonNode> listeners =
        gateway.at("/spec/listeners").valueStream().filter(l -> fits(l, parent)).toList();
    return listeners.stream()
        .filter(GatewayWay::isTls)
        .findFirst()
        .or(() -> listeners.stream().findFirst())
        .map(listener -> way(route, gateway, listener));
  }

  private static boolean isAll(JsonNode rule, Set<String> services) {
    boolean to =
        rule.path("backendRefs")
            .valueStream()
            .anyMatch(backend -> services.contains(backend.path("name").asText()));
    JsonNode matches = rule.path("matches");
    return to && (matches.isEmpty() || matches.valueStream().anyMatch(GatewayWay::isEverything));
  }

  private static boolean isEverything(JsonNode match) {
    return match.at("/path/value").asText("/").equals("/")
        && match.path("headers").isEmpty()
        && match.path("queryParams").isEmpty()
        && match.path("method").isMissingNode();
  }

  private static WayIn way(JsonNode route, JsonNode gateway, JsonNode listener) {
    Optional<String> given =
        gateway
            .at("/status/addresses")
            .valueStream()
            .map(address -> WayIn.literal(address.path("value").asText()))
            .findFirst();
    Optional<String> name =
        Stream.concat(
                route.at("/spec/hostnames").valueStream().map(JsonNode::asText),
                Stream.of(listener.path("hostname").asText("")))
            .filter(host -> !host.isEmpty() && !host.startsWith("*"))
            .findFirst();
    return WayIn.to(
        gateway, given.map(name::orElse), isTls(listener), listener.path("port").asInt());
  }

  private static boolean fits(JsonNode listener, JsonNode parent) {
    JsonNode section = parent.path("sectionName");
    return (section.isMissingNode() || section.equals(listener.path("name")))
        && (isTls(listener) || listener.path("protocol").asText().equals("HTTP"));
  }

  private static boolean isTls(JsonNode listener) {
    return listener.path("protocol").asText().equals("HTTPS");
  }
}

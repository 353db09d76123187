package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Optional;

/**
 * One way from outside the cluster to the service, as an object of the manifests asks for it.
 *
 * @param object that gets the address: a Service, an Ingress or a Gateway
 * @param address absent as long as nobody has given it one
 */
record WayIn(JsonNode object, Optional<URI> address) {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  static WayIn to(JsonNode object, Optional<String> host, boolean tls, int port) {
    String scheme = tls ? "https" : "http";
    String suffix = port == (tls ? HTTPS : HTTP) ? "" : ":" + port;
    return new WayIn(object, host.map(name -> URI.create(scheme + "://" + name + suffix)));
  }

  /** Such as {@code Ingress iris}. */
  String title() {
    return object.path("kind").asText() + " " + object.at("/metadata/name").asText();
  }

  /** Of an entry of a load balancer's status. */
  static Optional<String> host(JsonNode ingress) {
    String ip = ingress.path("ip").asText("");
    String name = ingress.path("hostname").asText("");
    return Optional.of(ip.isEmpty() ? name : literal(ip)).filter(host -> !host.isEmpty());
  }

  static String literal(String address) {
    return address.contains(":") ? "[" + address + "]" : address;
  }
}

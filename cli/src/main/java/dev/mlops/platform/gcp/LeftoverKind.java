package dev.mlops.platform.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mlops.platform.Ownership.Looked;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What Kubernetes makes in Compute for Services, Ingresses and claims, in the order in which it can
 * be removed: nothing goes while something before it points to it.
 */
enum LeftoverKind {
  FORWARDING_RULE("forwarding rule", "forwardingRules"),
  TARGET_HTTP_PROXY("HTTP proxy", "targetHttpProxies"),
  TARGET_HTTPS_PROXY("HTTPS proxy", "targetHttpsProxies"),
  SSL_CERTIFICATE("SSL certificate", "sslCertificates"),
  URL_MAP("URL map", "urlMaps"),
  TARGET_POOL("target pool", "targetPools"),
  BACKEND_SERVICE("backend service", "backendServices"),
  NETWORK_ENDPOINT_GROUP("network endpoint group", "networkEndpointGroups"),
  INSTANCE_GROUP("instance group", "instanceGroups"),
  HEALTH_CHECK("health check", "healthChecks"),
  HTTP_HEALTH_CHECK("legacy health check", "httpHealthChecks"),
  FIREWALL("firewall rule", "firewalls"),
  ADDRESS("address", "addresses"),
  DISK("disk", "disks");

  private final String label;
  private final String collection;

  LeftoverKind(String label, String collection) {
    this.label = label;
    this.collection = collection;
  }

  String label() {
    return label;
  }

  /** As the API names it. */
  String collection() {
    return collection;
  }

  /** Whether the API has it in no region and no zone. */
  boolean isGlobal() {
    return this == FIREWALL || this == HTTP_HEALTH_CHECK;
  }

  /** List price of one, US dollars a month; empty where none is known. */
  Optional<BigDecimal> monthly(JsonNode thing, Prices prices) {
    return switch (this) {
      case FORWARDING_RULE -> prices.of("forwarding-rule", BigDecimal.ONE);
      case ADDRESS ->
          prices.of(
              thing.path("users").isEmpty() ? "address-idle" : "address-in-use", BigDecimal.ONE);
      case DISK -> prices.of(diskType(thing), new BigDecimal(thing.path("sizeGb").asText("0")));
      case TARGET_HTTP_PROXY,
          TARGET_HTTPS_PROXY,
          SSL_CERTIFICATE,
          URL_MAP,
          TARGET_POOL,
          BACKEND_SERVICE,
          NETWORK_ENDPOINT_GROUP,
          INSTANCE_GROUP,
          HEALTH_CHECK,
          HTTP_HEALTH_CHECK,
          FIREWALL ->
          Looked.FREE;
    };
  }

  private static String diskType(JsonNode disk) {
    String type = disk.path("type").asText().replaceFirst(".*/", "");
    return Optional.of(type)
        .filter(name -> name.equals("pd-standard") || name.equals("pd-ssd"))
        .orElse("pd-balanced");
  }
}

package dev.mlops.platform.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class WayInTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final String ADDRESS = "\nstatus: {loadBalancer: {ingress: [{ip: 10.0.0.1}]}}";

  private static JsonNode yaml(String text) {
    try {
      return YAML.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Optional<URI>> ingress(String text) {
    return addresses(IngressWay.of(yaml("kind: Ingress\n" + text), Set.of("iris")));
  }

  private static List<Optional<URI>> addresses(Stream<WayIn> ways) {
    return ways.map(WayIn::address).toList();
  }

  private static List<Optional<URI>> only(String address) {
    return List.of(Optional.of(URI.create(address)));
  }

  @Test
  void anIngressHasNoAddressBeforeItIsGivenOne() {
    String spec = "spec: {defaultBackend: {service: {name: iris}}}";
    assertEquals(List.of(Optional.empty()), ingress(spec));
    assertEquals(only("http://10.0.0.1"), ingress(spec + ADDRESS));
  }

  @Test
  void anIngressIsReachedByItsHostAndByTlsIfItHasThat() {
    String rule =
        "rules: [{host: a.example, http: {paths: [{path: /, backend: {service: {name: iris}}}]}}]";
    assertEquals(only("http://a.example"), ingress("spec: {" + rule + "}" + ADDRESS));
    assertEquals(
        only("https://a.example"),
        ingress("spec: {" + rule + ", tls: [{hosts: [a.example], secretName: s}]}" + ADDRESS));
    assertEquals(
        only("http://a.example"),
        ingress("spec: {" + rule + ", tls: [{hosts: [b.example]}]}" + ADDRESS));
    assertEquals(
        only("http://10.0.0.1"),
        ingress("spec: {" + rule.replace("a.example", "'*.example'") + "}" + ADDRESS));
  }

  @Test
  void anIngressForOthersOrForAPartIsNoWay() {
    assertEquals(List.of(), ingress("spec: {defaultBackend: {service: {name: other}}}" + ADDRESS));
    assertEquals(
        List.of(),
        ingress(
            "spec: {rules: [{http: {paths: [{path: /x, backend: {service: {name: iris}}}]}}]}"
                + ADDRESS));
  }

  @Test
  void aGatewayIsReachedByTheListenerThatTheRouteNames() {
    JsonNode gateway =
        yaml(
            """
            kind: Gateway
            metadata: {name: g}
            spec:
              listeners:
                - {name: web, port: 80, protocol: HTTP}
                - {name: alt, port: 8080, protocol: HTTP, hostname: b.example}
                - {name: tls, port: 443, protocol: HTTPS}
                - {name: raw, port: 9, protocol: TCP}
            status: {addresses: [{value: "fd00::1"}]}
            """);
    JsonNode route = yaml("spec: {hostnames: ['*.example', a.example]}");
    JsonNode anyHost = yaml("spec: {}");
    assertEquals(
        Optional.of(URI.create("https://[fd00::1]")), address(anyHost, "{name: g}", gateway));
    assertEquals(
        Optional.of(URI.create("https://a.example")), address(route, "{name: g}", gateway));
    assertEquals(
        Optional.of(URI.create("http://[fd00::1]")),
        address(anyHost, "{name: g, sectionName: web}", gateway));
    assertEquals(
        Optional.of(URI.create("http://b.example:8080")),
        address(anyHost, "{name: g, sectionName: alt}", gateway));
    assertTrue(GatewayWay.of(anyHost, yaml("{name: g, sectionName: raw}"), gateway).isEmpty());
  }

  private static Optional<URI> address(JsonNode route, String parent, JsonNode gateway) {
    return GatewayWay.of(route, yaml(parent), gateway).orElseThrow().address();
  }

  @Test
  void aRouteLeadsToTheServiceOnlyWithAllPaths() {
    assertTrue(leads("[{backendRefs: [{name: iris}]}]"));
    assertTrue(
        leads("[{matches: [{path: {type: PathPrefix, value: /}}], backendRefs: [{name: iris}]}]"));
    assertFalse(leads("[{matches: [{path: {value: /x}}], backendRefs: [{name: iris}]}]"));
    assertFalse(leads("[{matches: [{method: GET}], backendRefs: [{name: iris}]}]"));
    assertFalse(leads("[{backendRefs: [{name: other}]}]"));
  }

  private static boolean leads(String rules) {
    return GatewayWay.leadsTo(yaml("spec: {rules: " + rules + "}"), Set.of("iris"));
  }
}

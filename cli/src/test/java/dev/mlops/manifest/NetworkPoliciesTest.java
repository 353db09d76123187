package dev.mlops.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkPoliciesTest {
  private static final WayOut COLLECTOR =
      WayOut.of("http://collector.observability:4318").orElseThrow();

  private static final String WORKLOAD =
      """
      kind: Deployment
      metadata: {name: iris}
      spec: {template: {metadata: {labels: {app: iris, tier: back}}, spec: {containers: [{image: iris}]}}}
      """;

  private static ObjectNode parse(String yaml) {
    try {
      return (ObjectNode) new YAMLMapper().readTree(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode policy(String spec) {
    return parse("kind: NetworkPolicy\nmetadata: {name: p}\nspec: " + spec);
  }

  private static List<String> closed(WayOut way, String... specs) {
    Stream<ObjectNode> policies = Stream.of(specs).map(NetworkPoliciesTest::policy);
    List<ObjectNode> manifests = Stream.concat(Stream.of(parse(WORKLOAD)), policies).toList();
    return new NetworkPolicies(manifests, "iris").closedTo(way);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{podSelector: {}, policyTypes: [Egress]}",
        "{podSelector: {}, egress: []}",
        "{podSelector: {matchLabels: {app: iris}}, policyTypes: [Ingress, Egress], egress: []}",
        "{podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: 4318}]}]}",
        "{podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: 53, protocol: UDP}]}]}",
        "{podSelector: {}, egress: [{ports: [{port: 53}, {port: 4318, protocol: UDP}]}]}",
        "{podSelector: {matchExpressions: [{key: app, operator: In, values: [iris]}]}, egress: []}"
      })
  void isInTheWay(String spec) {
    assertEquals(List.of("p"), closed(COLLECTOR, spec));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{podSelector: {}, ingress: []}",
        "{podSelector: {matchLabels: {app: other}}, egress: []}",
        "{podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [iris]}]}, egress: []}",
        "{podSelector: {}, egress: [{}]}",
        "{podSelector: {}, egress: [{ports: [{port: 53, protocol: UDP}]}, {ports: [{port: 4318}]}]}",
        "{podSelector: {}, egress: [{ports: [{port: 1, endPort: 65535}]}]}",
        "{podSelector: {}, egress: [{ports: [{port: otlp}]}]}"
      })
  void letsThrough(String spec) {
    assertEquals(List.of(), closed(COLLECTOR, spec));
  }

  @Test
  void whatOneOfThemAllowsIsAllowed() {
    String none = "{podSelector: {}, egress: []}";
    String names = "{podSelector: {}, egress: [{ports: [{port: 53, protocol: UDP}]}]}";
    String traces = "{podSelector: {}, egress: [{ports: [{port: 4318}]}]}";
    assertEquals(List.of(), closed(COLLECTOR, none, names, traces));
    assertEquals(List.of("p", "p"), closed(COLLECTOR, none, names));
    assertEquals(List.of(), closed(WayOut.of("http://10.1.2.3:4318").orElseThrow(), traces));
  }

  @Test
  void googlesEndpointNeedsTheMetadataServerToo() {
    WayOut google = WayOut.of("https://telemetry.googleapis.com").orElseThrow();
    String names = "{podSelector: {}, egress: [{ports: [{port: 53}, {port: 443}]}]}";
    String metadata = "{podSelector: {}, egress: [{ports: [{port: 988}]}]}";
    assertEquals(List.of("p"), closed(google, names));
    assertEquals(List.of(), closed(google, names, metadata));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://localhost:4318", "http://127.0.0.1:4318", "http://[::1]:4318", "no"})
  void thePodItselfIsNoWayOut(String address) {
    assertEquals(Optional.empty(), WayOut.of(address));
  }
}

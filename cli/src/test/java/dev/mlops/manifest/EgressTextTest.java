package dev.mlops.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EgressTextTest {
  private static final String HEAD =
      """
      kind: Service
      metadata: {name: iris}
      ---
      kind: NetworkPolicy
      metadata: {name: iris}
      spec:
        # who
        podSelector: {}
        policyTypes: [Egress]
      """;

  private static WayOut to(String address) {
    return WayOut.of(address).orElseThrow();
  }

  @Test
  void takesThePlaceOfAnEmptyList() {
    assertEquals(
        Optional.of(
            HEAD
                + """
                  egress: # nobody
                    - ports: [{protocol: UDP, port: 53}, {protocol: TCP, port: 53}] # names
                    - to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: obs}}}] # traces, to collector.obs
                      ports: [{protocol: TCP, port: 4318}]
                """),
        EgressText.add(
            HEAD + "  egress: [] # nobody\n", List.of("iris"), to("http://collector.obs:4318")));
  }

  /** Whatever stands there, the policy lets through afterwards what it did not before. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  egress: []\n",
        "  egress:\n  - ports: [{port: 443}]\n",
        "  egress:\n    - ports: [{port: 443}] # web\n  ingress: []\n"
      })
  void opensThePolicy(String egress) throws IOException {
    for (String address :
        List.of(
            "http://collector:4318",
            "http://collector.obs.svc.cluster.local:4318",
            "https://otel.example.com",
            "http://10.1.2.3:4318",
            "https://telemetry.googleapis.com")) {
      WayOut way = to(address);
      String text = EgressText.add(HEAD + egress, List.of("iris"), way).orElseThrow();
      ObjectNode workload =
          (ObjectNode)
              new YAMLMapper().readTree("{kind: Job, spec: {containers: [{image: iris}]}}");
      ObjectNode before = policy(HEAD + egress);
      ObjectNode after = policy(text);
      assertEquals(
          List.of("iris"), new NetworkPolicies(List.of(workload, before), "iris").closedTo(way));
      assertEquals(List.of(), new NetworkPolicies(List.of(workload, after), "iris").closedTo(way));
      assertTrue(text.contains("  # who\n"), text);
    }
  }

  private static ObjectNode policy(String text) throws IOException {
    return (ObjectNode) new YAMLMapper().readTree(text.substring(text.indexOf("---") + 4));
  }

  @Test
  void leavesAloneWhatIsNotMeantOrNotWrittenLineByLine() {
    WayOut way = to("http://collector:4318");
    assertEquals(Optional.empty(), EgressText.add(HEAD, List.of("other"), way));
    String flow = "kind: NetworkPolicy\nmetadata: {name: iris}\nspec: {egress: []}\n";
    assertEquals(Optional.empty(), EgressText.add(flow, List.of("iris"), way));
  }
}

package dev.mlops.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.config.Ci;
import dev.mlops.config.Training;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PreviewManifestsTest {
  private static final String SERVICE =
      """
      {"kind": "Service", "spec": {"type": "LoadBalancer", "loadBalancerIP": "1.2.3.4",
        "ports": [{"port": 80, "nodePort": 30080}]}}
      """;
  private static final String INGRESS = "{\"kind\": \"Ingress\", \"spec\": {}}";

  @Test
  void aPreviewHasAQuotaAndNoWayInFromOutside() throws IOException {
    List<ObjectNode> bounded = of(false, SERVICE, INGRESS, "{\"kind\": \"Deployment\"}");

    assertEquals(
        List.of("ResourceQuota", "LimitRange", "Service", "Deployment"),
        bounded.stream().map(object -> object.path("kind").asText()).toList());
    assertEquals(
        json("{\"type\": \"ClusterIP\", \"ports\": [{\"port\": 80}]}"),
        bounded.get(2).path("spec"));
    assertEquals(
        json(
            """
            {"pods": "7", "requests.cpu": "500m", "requests.memory": "4Gi",
             "services.loadbalancers": "0", "services.nodeports": "0"}
            """),
        bounded.getFirst().at("/spec/hard"));
  }

  @Test
  void onRequestItIsPublicAndStillBounded() throws IOException {
    List<ObjectNode> bounded = of(true, SERVICE, INGRESS);

    assertEquals(json(SERVICE), bounded.get(2));
    assertEquals(4, bounded.size());
    assertTrue(bounded.getFirst().at("/spec/hard/services.loadbalancers").isMissingNode());
  }

  @Test
  void theManifestsThemselvesStayAsTheyAre() throws IOException {
    ObjectNode service = json(SERVICE);
    PreviewManifests.of(List.of(service), preview(false));

    assertEquals(json(SERVICE), service);
  }

  private static List<ObjectNode> of(boolean isPublic, String... manifests) throws IOException {
    List<ObjectNode> objects = new ArrayList<>();
    for (String manifest : manifests) {
      objects.add(json(manifest));
    }
    return PreviewManifests.of(objects, preview(isPublic));
  }

  private static Ci.Preview preview(boolean isPublic) {
    return new Ci.Preview(
        Optional.empty(),
        null,
        isPublic,
        7,
        new Training.Amount(Optional.of("500m"), Optional.empty()));
  }

  private static ObjectNode json(String text) throws IOException {
    return (ObjectNode) new ObjectMapper().readTree(text);
  }
}

package dev.mlops.scaffold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.mlops.problem.MlopsException;
import dev.mlops.scaffold.Observability.Watched;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ObservabilityTest {
  private static final String DEPLOYMENT =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: fraud}
      spec:
        selector: {matchLabels: {app: "1", tier: back}}
        template:
          metadata:
            labels: {app: "1", tier: back}
          spec:
            containers:
              - image: fraud-image
                ports: [{containerPort: 9000, name: web}]
      """;

  private static final Watched FRAUD =
      new Watched("fraud", "fraud-image", 9000, List.of("/up", "/ok"), "deploy/");

  @Test
  void annotatesThePodsOnce() throws IOException {
    Map<String, String> texts = texts(FRAUD, Scraping.ANNOTATIONS, DEPLOYMENT);
    String annotated = texts.get("deploy/app.yaml");
    assertEquals(
        new YAMLMapper()
            .readTree(
                "{prometheus.io/path: /metrics, prometheus.io/port: '9000',"
                    + " prometheus.io/scrape: 'true'}"),
        new YAMLMapper().readTree(annotated).at("/spec/template/metadata/annotations"));
    assertFalse(texts(FRAUD, Scraping.ANNOTATIONS, annotated).containsKey("deploy/app.yaml"));
  }

  @Test
  void saysWhatToWriteWhereItCannot() {
    var refused =
        assertThrows(
            MlopsException.class,
            () -> texts(FRAUD, Scraping.ANNOTATIONS, DEPLOYMENT.replace("fraud-image", "other")));
    assertEquals("MLOPS-MANIFEST-006", refused.problem().code().id());
    assertTrue(refused.problem().next().contains("prometheus.io/port=9000"));
  }

  @Test
  void theOperatorsObjectsFitTheDeployment() throws IOException {
    Map<String, String> texts = texts(FRAUD, Scraping.PODMONITOR, DEPLOYMENT);
    JsonNode monitor = new YAMLMapper().readTree(texts.get("deploy/podmonitor.yaml"));
    assertEquals(
        new YAMLMapper().readTree(DEPLOYMENT).at("/spec/selector"), monitor.at("/spec/selector"));
    assertEquals("web", monitor.at("/spec/podMetricsEndpoints/0/port").asText());
    assertEquals("fraud", monitor.at("/metadata/name").asText());
    JsonNode rule = new YAMLMapper().readTree(texts.get("deploy/prometheusrule.yaml"));
    assertEquals("PrometheusRule", rule.path("kind").asText());
    assertEquals("ModelErrors", rule.at("/spec/groups/0/rules/0/alert").asText());
  }

  @Test
  void aPortWithoutANameIsNamedByItsNumber() throws IOException {
    Map<String, String> texts =
        texts(FRAUD, Scraping.PODMONITOR, DEPLOYMENT.replace(", name: web", ""));
    JsonNode monitor = new YAMLMapper().readTree(texts.get("deploy/podmonitor.yaml"));
    assertEquals(9000, monitor.at("/spec/podMetricsEndpoints/0/targetPort").asInt());
  }

  /** As the kind's schema has it: a port is a name or a number. */
  @Test
  void googlesObjectFitsTheDeployment() throws IOException {
    Map<String, String> texts = texts(FRAUD, Scraping.PODMONITORING, DEPLOYMENT);
    assertEquals(
        Set.of("observability/dashboard.json", "deploy/podmonitoring.yaml"), texts.keySet());
    JsonNode object = new YAMLMapper().readTree(texts.get("deploy/podmonitoring.yaml"));
    assertEquals("monitoring.googleapis.com/v1", object.path("apiVersion").asText());
    assertEquals(
        new YAMLMapper().readTree(DEPLOYMENT).at("/spec/selector"), object.at("/spec/selector"));
    assertEquals(
        new YAMLMapper().readTree("[{port: web, path: /metrics, interval: 30s}]"),
        object.at("/spec/endpoints"));
    String unnamed =
        texts(FRAUD, Scraping.PODMONITORING, DEPLOYMENT.replace(", name: web", ""))
            .get("deploy/podmonitoring.yaml");
    assertEquals(9000, new YAMLMapper().readTree(unnamed).at("/spec/endpoints/0/port").intValue());
  }

  @Test
  void everyQueryIsAboutThisServiceAndItsOwnChecks() throws IOException {
    for (Scraping how : Scraping.values()) {
      texts(FRAUD, how, DEPLOYMENT)
          .forEach((file, text) -> {
            assertFalse(text.contains("iris"), file);
            assertFalse(text.contains("live_check"), file);
          });
    }
    Map<String, String> texts = texts(FRAUD, Scraping.ANNOTATIONS, DEPLOYMENT);
    assertTrue(texts.get("observability/alerts.yaml").contains("model_info{name=\"fraud\"}"));
    assertTrue(texts.get("observability/alerts.yaml").contains("path!~\"/up|/ok|/metrics|"));
    JsonNode dashboard = new ObjectMapper().readTree(texts.get("observability/dashboard.json"));
    assertEquals("mlops-fraud", dashboard.path("uid").asText());
  }

  private static Map<String, String> texts(Watched service, Scraping how, String deployment)
      throws IOException {
    var workload = (ObjectNode) new YAMLMapper().readTree(deployment);
    return new Observability(service, how).texts(Map.of("deploy/app.yaml", deployment), workload);
  }
}

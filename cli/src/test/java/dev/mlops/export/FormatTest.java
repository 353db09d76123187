package dev.mlops.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.mlops.export.Exported.ImageName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FormatTest {
  private static final String DIGEST = "sha256:" + "ab".repeat(32);
  private static final String REPOSITORY = "registry.example.com:5000/team/iris";

  private static final String DEPLOYMENT =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: iris}
      spec:
        template:
          spec:
            initContainers: [{name: warm, image: "%1$s@%2$s"}]
            containers:
              - {name: service, image: "%1$s@%2$s", args: ["{{ not ours }}", "1e3"]}
              - {name: proxy, image: "envoy:1"}
      """
          .formatted(REPOSITORY, DIGEST);

  private static final String AUTOSCALER =
      """
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata: {name: iris}
      spec: {minReplicas: 2, maxReplicas: 7}
      """;

  @Test
  void aKustomizationNamesTheImageOnce() throws IOException {
    Map<String, String> texts = Format.KUSTOMIZE.texts(exported(DEPLOYMENT, AUTOSCALER));
    JsonNode kustomization = yaml(texts.get("kustomization.yaml"));
    assertEquals("prod", kustomization.path("namespace").asText());
    assertEquals(REPOSITORY, kustomization.at("/images/0/name").asText());
    assertEquals(DIGEST, kustomization.at("/images/0/digest").asText());
    JsonNode pod = yaml(texts.get("deployment-iris.yaml")).at("/spec/template/spec");
    assertEquals(REPOSITORY, pod.at("/initContainers/0/image").asText());
    assertEquals(REPOSITORY, pod.at("/containers/0/image").asText());
    assertEquals("envoy:1", pod.at("/containers/1/image").asText());
    assertEquals("1e3", pod.at("/containers/0/args/1").textValue());
    assertTrue(
        kustomization.path("resources").valueStream().allMatch(r -> texts.containsKey(r.asText())));
  }

  @Test
  void whatLiesElsewhereIsNotMoved() throws IOException {
    String elsewhere = AUTOSCALER.replace("{name: iris}", "{name: iris, namespace: other}");
    Map<String, String> texts = Format.KUSTOMIZE.texts(exported(DEPLOYMENT, elsewhere));
    assertFalse(yaml(texts.get("kustomization.yaml")).has("namespace"));
  }

  @Test
  void aChartsValuesAreImageAndBounds() throws IOException {
    Map<String, String> texts = Format.HELM.texts(exported(DEPLOYMENT, AUTOSCALER));
    JsonNode values = yaml(texts.get("values.yaml"));
    assertEquals(REPOSITORY, values.at("/image/repository").asText());
    assertEquals(DIGEST, values.at("/image/digest").asText());
    assertEquals(2, values.at("/autoscaling/minReplicas").asInt());
    assertEquals(7, values.at("/autoscaling/maxReplicas").asInt());
    String deployment = texts.get("templates/deployment-iris.yaml");
    assertTrue(
        deployment.contains(
            "image: \"{{ .Values.image.repository }}@{{ .Values.image.digest }}\""));
    assertTrue(deployment.contains("{{ \"{{\" }} not ours }}"), deployment);
    assertTrue(
        texts
            .get("templates/horizontalpodautoscaler-iris.yaml")
            .contains("maxReplicas: {{ .Values.autoscaling.maxReplicas }}\n"));
    assertEquals("v2", yaml(texts.get("Chart.yaml")).path("apiVersion").asText());
    assertTrue(yaml(texts.get("Chart.yaml")).path("appVersion").isTextual());
  }

  @Test
  void twoAutoscalersKeepTheirOwnBounds() throws IOException {
    String second = AUTOSCALER.replace("name: iris", "name: other");
    Map<String, String> texts = Format.HELM.texts(exported(DEPLOYMENT, AUTOSCALER, second));
    assertFalse(yaml(texts.get("values.yaml")).has("autoscaling"));
    assertEquals(
        7,
        yaml(texts.get("templates/horizontalpodautoscaler-other.yaml"))
            .at("/spec/maxReplicas")
            .asInt());
  }

  private static Exported exported(String... objects) {
    return new Exported(
        "iris",
        "123456789012",
        "prod",
        new ImageName(REPOSITORY, DIGEST),
        Stream.of(objects).map(FormatTest::object).toList(),
        List.of());
  }

  private static ObjectNode object(String text) {
    try {
      return (ObjectNode) yaml(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode yaml(String text) throws IOException {
    return new YAMLMapper().readTree(text);
  }
}

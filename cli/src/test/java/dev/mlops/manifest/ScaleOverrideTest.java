package dev.mlops.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.mlops.config.Percent;
import dev.mlops.config.Scale;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScaleOverrideTest {
  private static final String V2 =
      """
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata: {name: iris}
      spec:
        maxReplicas: 5
        metrics:
          - {type: Resource, resource: {name: memory, target: {type: Utilization, averageUtilization: 70}}}
          - {type: Resource, resource: {name: cpu, target: {type: AverageValue, averageValue: 50m}}}
      """;

  private static final String V1 =
      """
      apiVersion: autoscaling/v1
      kind: HorizontalPodAutoscaler
      metadata: {name: iris}
      spec: {maxReplicas: 5, targetCPUUtilizationPercentage: 70}
      """;

  private static final Scale RPS =
      new Scale(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(50.0));

  @Test
  void putsItsKeysOverTheManifestAndLeavesTheRest() throws IOException {
    JsonNode spec =
        apply(V2, new Scale(Optional.of(3), Optional.of(9), Optional.of(new Percent(80)), none()));
    assertEquals(3, spec.path("minReplicas").asInt());
    assertEquals(9, spec.path("maxReplicas").asInt());
    assertEquals(2, spec.path("metrics").size());
    assertEquals(70, spec.at("/metrics/0/resource/target/averageUtilization").asInt());
    assertEquals(
        yaml("{name: cpu, target: {type: Utilization, averageUtilization: 80}}"),
        spec.at("/metrics/1/resource"));
  }

  @Test
  void addsRequestsPerSecondBesideWhatIsThere() throws IOException {
    JsonNode spec = apply(V2, RPS);
    assertEquals(3, spec.path("metrics").size());
    assertEquals(
        yaml(
            "{type: Pods, pods: {metric: {name: http_server_requests_per_second},"
                + " target: {type: AverageValue, averageValue: '50'}}}"),
        spec.at("/metrics/2"));
  }

  @Test
  void replacesRequestsPerSecondThatAreThere() throws IOException {
    ObjectNode once = override(V2, RPS);
    Scale half = new Scale(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(0.5));
    JsonNode metrics = ScaleOverride.apply(List.of(once), half).getFirst().at("/spec/metrics");
    assertEquals(3, metrics.size());
    assertEquals("500m", metrics.at("/2/pods/target/averageValue").asText());
  }

  @Test
  void bringsTheFirstVersionToTheSecondWhichKnowsMoreThanCpu() throws IOException {
    ObjectNode object = override(V1, RPS);
    assertEquals("autoscaling/v2", object.path("apiVersion").asText());
    assertEquals(2, object.at("/spec/metrics").size());
    assertEquals(70, object.at("/spec/metrics/0/resource/target/averageUtilization").asInt());
    assertEquals(2, object.path("spec").size());
  }

  @Test
  void whereNothingIsSaidOfMetricsCpuStaysTheServersDefault() throws IOException {
    JsonNode metrics = apply(V1.replace(", targetCPUUtilizationPercentage: 70", ""), RPS);
    assertEquals(80, metrics.at("/metrics/0/resource/target/averageUtilization").asInt());
    assertEquals(2, metrics.path("metrics").size());
  }

  @Test
  void refusesWhereThereIsNoAutoscaler() {
    assertThrows(MlopsException.class, () -> ScaleOverride.apply(List.of(), RPS));
  }

  private static Optional<Double> none() {
    return Optional.empty();
  }

  private static JsonNode apply(String manifest, Scale scale) throws IOException {
    return override(manifest, scale).path("spec");
  }

  private static ObjectNode override(String manifest, Scale scale) throws IOException {
    return ScaleOverride.apply(List.of((ObjectNode) yaml(manifest)), scale).getFirst();
  }

  private static JsonNode yaml(String text) throws IOException {
    return new YAMLMapper().readTree(text);
  }
}

package dev.mlops.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.mlops.manifest.WorkloadSpec.Autoscaling;
import dev.mlops.manifest.WorkloadSpec.Goals;
import dev.mlops.manifest.WorkloadSpec.Share;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class WorkloadSpecTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Goals CPU_60 = new Goals(OptionalInt.of(60), OptionalDouble.empty());

  private static final String GUIDE =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: iris-classifier-deployment}
      spec:
        replicas: 2
        template:
          spec:
            containers:
              - name: iris-api
                image: DOCKER_IMAGE_PLACEHOLDER
                ports: [{containerPort: 8000}]
                readinessProbe:
                  httpGet: {path: /ready_check, port: 8000}
                  initialDelaySeconds: 10
                  periodSeconds: 5
                livenessProbe:
                  httpGet: {path: /live_check, port: 8000}
                  initialDelaySeconds: 15
                  periodSeconds: 20
                resources:
                  requests: {cpu: "100m", memory: "128Mi"}
                  limits: {cpu: "500m", memory: "256Mi"}
      """;

  private static final String HPA =
      """
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata: {name: h}
      spec:
        scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: iris-classifier-deployment}
        minReplicas: 3
        maxReplicas: 5
        metrics:
          - {type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 60}}}
      """;

  @Test
  void readsTheGuidesManifestsWithKubernetesDefaults() {
    WorkloadSpec spec = read(GUIDE, HPA);
    assertEquals("iris-classifier-deployment", spec.name());
    assertEquals(8000, spec.container().port());
    assertEquals(
        Optional.of(
            new Probe(new Probe.Check.Http("/ready_check"), 10, 5, 1, new Probe.Thresholds(3, 1))),
        spec.container().probes().readiness());
    assertEquals(Optional.empty(), spec.container().probes().startup());
    var resources = spec.container().resources();
    assertEquals(OptionalLong.of(100), resources.cpuRequest());
    assertEquals(OptionalLong.of(500), resources.cpuLimit());
    assertEquals(OptionalLong.of(128 << 20), resources.memoryRequest());
    assertEquals(OptionalLong.of(256 << 20), resources.memoryLimit());
    assertEquals(30, spec.rollout().graceSeconds());
    assertEquals(600, spec.rollout().deadlineSeconds());
    assertEquals(Optional.of(new Autoscaling(3, 5, CPU_60, 0, 300)), spec.scale().autoscaling());
    assertEquals(3, spec.scale().initial());
    assertEquals(List.of(), spec.notes());
  }

  @Test
  void roundsSurgeUpAndUnavailableDown() {
    var quarter = new WorkloadSpec.Rollout(new Share(25, true), new Share(25, true), 30, 600);
    assertEquals(1, quarter.surge(2));
    assertEquals(0, quarter.unavailable(2));
    assertEquals(1, quarter.unavailable(7));
    var stuck = new WorkloadSpec.Rollout(new Share(0, false), new Share(25, true), 30, 600);
    assertEquals(1, stuck.unavailable(2));
    var recreate = read(GUIDE.replace("replicas: 2", "strategy: {type: Recreate}"));
    assertEquals(0, recreate.rollout().surge(3));
    assertEquals(3, recreate.rollout().unavailable(3));
  }

  @Test
  void takesTheLimitAsTheRequestWhereThatIsSilent() {
    var resources =
        read(GUIDE.replace("requests: {cpu: \"100m\", memory: \"128Mi\"}", "requests: {}"))
            .container()
            .resources();
    assertEquals(OptionalLong.of(500), resources.cpuRequest());
    assertEquals(OptionalLong.of(256 << 20), resources.memoryRequest());
  }

  @Test
  void readsPlainVariablesAndNotesWhatItLeavesOut() {
    String more =
        """
                env:
                  - {name: A, value: "1"}
                  - {name: B}
                  - {name: C, valueFrom: {secretKeyRef: {name: s, key: k}}}
                startupProbe: {exec: {command: [true]}}
                lifecycle: {preStop: {exec: {command: [true]}}}
              - {name: proxy, image: envoy}
        """;
    WorkloadSpec spec = read(GUIDE + more.indent(2));
    assertEquals(Map.of("A", "1", "B", ""), spec.container().env());
    String notes = String.join("\n", spec.notes());
    for (String word : List.of("`C`", "startup probe", "`preStop`", "`proxy`")) {
      assertTrue(notes.contains(word), notes);
    }
  }

  @Test
  void scalesByAnAverageValueAsAShareOfTheRequest() {
    String byValue =
        HPA.replace(
            "{type: Utilization, averageUtilization: 60}",
            "{type: AverageValue, averageValue: 80m}");
    Goals goals = read(GUIDE, byValue).scale().autoscaling().orElseThrow().goals();
    assertEquals(new Goals(OptionalInt.of(80), OptionalDouble.empty()), goals);
    String byMemory = HPA.replace("name: cpu", "name: memory");
    WorkloadSpec spec = read(GUIDE, byMemory);
    assertEquals(Optional.empty(), spec.scale().autoscaling());
    assertTrue(String.join("\n", spec.notes()).contains("left out"), spec.notes().toString());
  }

  @Test
  void scalesByRequestsWhereNothingIsSaidOfCpu() {
    String byRequests =
        HPA.replace(
            "{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 60}}}",
            "{type: Pods, pods: {metric: {name: http_server_requests_per_second},"
                + " target: {type: AverageValue, averageValue: 12500m}}}");
    WorkloadSpec spec = read(GUIDE.replace("cpu: \"100m\", ", ""), byRequests);
    assertEquals(
        new Goals(OptionalInt.empty(), OptionalDouble.of(12.5)),
        spec.scale().autoscaling().orElseThrow().goals());
    assertEquals(List.of(), spec.notes());
  }

  @Test
  void tellsAllWrongValuesAtOnce() {
    String wrong =
        GUIDE
            .replace("replicas: 2", "replicas: -1")
            .replace("cpu: \"100m\"", "cpu: 1cpu")
            .replace("periodSeconds: 5", "periodSeconds: often");
    String hpa = HPA.replace("maxReplicas: 5", "maxReplicas: 2");
    var failure = assertThrows(MlopsException.class, () -> read(wrong, hpa));
    assertEquals(Code.MANIFEST_VALUE, failure.problem().code());
    String message = failure.problem().message();
    for (String part : List.of("spec.replicas", "requests.cpu", "periodSeconds", "maxReplicas")) {
      assertTrue(message.contains(part), message);
    }
  }

  @Test
  void findsTheContainerByDigestToo() throws IOException {
    ObjectNode object =
        (ObjectNode) YAML.readTree(GUIDE.replace("DOCKER_IMAGE_PLACEHOLDER", "r/a@sha256:1"));
    assertEquals(8000, WorkloadSpec.from(List.of(object), "iris", "sha256:1").container().port());
    var none = assertThrows(MlopsException.class, () -> WorkloadSpec.from(List.of(object), "iris"));
    assertEquals(Code.MANIFEST_NO_WORKLOAD, none.problem().code());
  }

  private static WorkloadSpec read(String... documents) {
    List<ObjectNode> objects = new ArrayList<>();
    for (String document : documents) {
      try {
        objects.add((ObjectNode) YAML.readTree(document));
      } catch (IOException e) {
        throw new IllegalArgumentException(document, e);
      }
    }
    return WorkloadSpec.from(objects, "iris");
  }
}

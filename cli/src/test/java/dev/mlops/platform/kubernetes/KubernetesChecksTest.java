package dev.mlops.platform.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.platform.Check.Result;
import dev.mlops.platform.local.TestManifests;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the doctor makes of versions, metrics and autoscalers that no test cluster has. */
final class KubernetesChecksTest {
  private static final Cluster CLUSTER =
      new Cluster(
          "my lab",
          () -> {
            throw new AssertionError("nothing is asked");
          });

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void aNodeMayBeThreeMinorVersionsOlderAndNoneNewer() {
    assertInstanceOf(
        Result.Fine.class, VersionSkewCheck.of("v1.34.4", List.of("v1.31.0", "v1.34.1-gke.5")));
    for (String node : List.of("v1.30.9", "v1.35.0")) {
      var result = VersionSkewCheck.of("v1.34.4", List.of("v1.34.0", node));
      String why = assertInstanceOf(Result.Warning.class, result).why();
      assertTrue(why.contains(node) && !why.contains("v1.34.0"), why);
    }
    assertInstanceOf(Result.Fine.class, VersionSkewCheck.of("unknown", List.of("v1.30.9")));
  }

  @Test
  void eachKindOfMetricNeedsItsApi() {
    assertEquals(Set.of(), MetricsCheck.needed(TestManifests.replicas(1).objects()));
    assertEquals(
        Set.of("metrics.k8s.io"),
        MetricsCheck.needed(TestManifests.replicas(1).autoscaled(1, 2).objects()));
    var byRequests =
        TestManifests.replicas(1)
            .and(
                """
                kind: HorizontalPodAutoscaler
                spec: {metrics: [{type: Pods}, {type: Resource}]}
                """)
            .objects();
    assertEquals(
        Set.of("custom.metrics.k8s.io", "metrics.k8s.io"), MetricsCheck.needed(byRequests));
  }

  @Test
  void anAutoscalerIsBrokenOnceItHasSaidSoForTwoMinutes() {
    assertInstanceOf(Result.Warning.class, AutoscalerCheck.of(CLUSTER, autoscaler("True"), NOW));
    var young =
        AutoscalerCheck.of(CLUSTER, condition("ScalingActive", "2026-01-01T11:59:00Z"), NOW);
    assertTrue(assertInstanceOf(Result.Warning.class, young).why().contains("no metrics"));
    var old = condition("ScalingActive", "2026-01-01T11:50:00Z");
    MlopsException e =
        assertThrows(MlopsException.class, () -> AutoscalerCheck.of(CLUSTER, old, NOW));
    assertEquals(Code.CLUSTER_AUTOSCALER, e.problem().code());
    assertEquals("no metrics", e.problem().why());
    assertTrue(
        e.problem().next().startsWith("kubectl --context 'my lab' -n here describe hpa "),
        e.problem().next());
    assertInstanceOf(
        Result.Fine.class,
        AutoscalerCheck.of(CLUSTER, condition("ScalingLimited", "2026-01-01T11:50:00Z"), NOW));
  }

  /** One that has not looked yet. */
  private static HorizontalPodAutoscaler autoscaler(String name) {
    return new HorizontalPodAutoscalerBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("here")
        .endMetadata()
        .withNewSpec()
        .withMaxReplicas(3)
        .endSpec()
        .build();
  }

  private static HorizontalPodAutoscaler condition(String type, String since) {
    return autoscaler("tiny")
        .edit()
        .withNewStatus()
        .addNewCondition()
        .withType(type)
        .withStatus("False")
        .withLastTransitionTime(since)
        .withMessage("no metrics")
        .endCondition()
        .endStatus()
        .build();
  }
}

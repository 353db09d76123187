package dev.mlops.platform.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The conditions as a real controller writes them. */
final class AutoscalerNotesTest {
  private static List<String> notes(String type, String status, String reason, String message) {
    HorizontalPodAutoscaler autoscaler =
        new HorizontalPodAutoscalerBuilder()
            .withNewSpec()
            .withMaxReplicas(5)
            .endSpec()
            .withNewStatus()
            .addNewCondition(null, message, reason, status, type)
            .endStatus()
            .build();
    return AutoscalerNotes.of(autoscaler).toList();
  }

  @Test
  void anAutoscalerThatWorksNeedsNoWords() {
    assertEquals(
        List.of(), notes("AbleToScale", "True", "ReadyForNewScale", "recommended size matches"));
    assertEquals(
        List.of(), notes("ScalingLimited", "True", "TooFewReplicas", "less than the minimum"));
    assertEquals(List.of(), AutoscalerNotes.of(new HorizontalPodAutoscaler()).toList());
  }

  @Test
  void aMissingMetricsServerIsNamed() {
    assertEquals(
        List.of(
            "The autoscaler does not scale: the cluster has no metrics server that answers. It is"
                + " installed with https://github.com/kubernetes-sigs/metrics-server."),
        notes(
            "ScalingActive",
            "False",
            "FailedGetResourceMetric",
            "the HPA was unable to compute the replica count: failed to get cpu utilization: unable"
                + " to get metrics for resource cpu: unable to fetch metrics from resource metrics"
                + " API: the server could not find the requested resource (get"
                + " pods.metrics.k8s.io)"));
  }

  @Test
  void otherReasonsAreToldAsTheyAre() {
    assertEquals(
        List.of(
            "The autoscaler does not scale: the metrics server has no figures of the replicas"
                + " yet."),
        notes(
            "ScalingActive",
            "False",
            "FailedGetResourceMetric",
            "unable to get metrics for resource cpu: no metrics returned from resource metrics"
                + " API"));
    assertEquals(
        List.of(
            "The autoscaler does not scale: FailedGetResourceMetric, missing request for cpu in"
                + " container service of Pod iris-1"),
        notes(
            "ScalingActive",
            "False",
            "FailedGetResourceMetric",
            "missing request for cpu in container service of Pod iris-1"));
    assertEquals(
        List.of("The autoscaler wants more than its maximum of 5 replicas."),
        notes("ScalingLimited", "True", "TooManyReplicas", "more than the maximum"));
  }
}

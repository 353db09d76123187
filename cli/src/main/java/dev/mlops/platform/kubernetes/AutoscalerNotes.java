package dev.mlops.platform.kubernetes;

import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerCondition;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Why an autoscaler does not do what it is there for, one sentence each. */
final class AutoscalerNotes {
  private static final String NO_API = "could not find the requested resource";
  private static final List<String> NO_FIGURES =
      List.of("no metrics returned", "did not receive metrics for targeted pods");
  private static final String NO_BACKEND = "the server is currently unable to handle the request";

  private AutoscalerNotes() {}

  static Stream<String> of(HorizontalPodAutoscaler autoscaler) {
    return conditions(autoscaler).stream().flatMap(condition -> note(autoscaler, condition));
  }

  private static Stream<String> note(
      HorizontalPodAutoscaler autoscaler, HorizontalPodAutoscalerCondition condition) {
    boolean holds = condition.getStatus().equals("True");
    String reason = Objects.requireNonNullElse(condition.getReason(), "");
    String message = Objects.requireNonNullElse(condition.getMessage(), "");
    return switch (condition.getType()) {
      case "AbleToScale", "ScalingActive" ->
          holds
              ? Stream.empty()
              : Stream.of("The autoscaler does not scale: " + why(reason, message));
      case "ScalingLimited" ->
          holds && reason.equals("TooManyReplicas")
              ? Stream.of(
                  "The autoscaler wants more than its maximum of "
                      + autoscaler.getSpec().getMaxReplicas()
                      + " replicas.")
              : Stream.empty();
      default -> Stream.empty();
    };
  }

  private static String why(String reason, String message) {
    if (reason.equals("ScalingDisabled")) {
      return "there are no replicas.";
    }
    if (message.contains("metrics.k8s.io")
        && (message.contains(NO_API) || message.contains(NO_BACKEND))) {
      return "the cluster has no metrics server that answers. It is installed with"
          + " https://github.com/kubernetes-sigs/metrics-server.";
    }
    if (NO_FIGURES.stream().anyMatch(message::contains)) {
      return "the metrics server has no figures of the replicas yet.";
    }
    return reason + ", " + message;
  }

  private static List<HorizontalPodAutoscalerCondition> conditions(
      HorizontalPodAutoscaler autoscaler) {
    return autoscaler.getStatus() == null || autoscaler.getStatus().getConditions() == null
        ? List.of()
        : autoscaler.getStatus().getConditions();
  }
}

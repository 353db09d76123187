package dev.mlops.platform.kubernetes;

import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.stream.Collectors;

/** Why a server does not take an object. */
final class ApplyProblems {
  private static final String CONFLICT = "FieldManagerConflict";

  private ApplyProblems() {}

  static MlopsException of(Cluster cluster, String title, KubernetesClientException e) {
    List<StatusCause> causes = causes(e);
    if (e.getCode() == 409 && causes.stream().anyMatch(c -> CONFLICT.equals(c.getReason()))) {
      return Code.KUBERNETES_CONFLICT.problem(
          title
              + " has fields that somebody else set:\n"
              + causes.stream().map(ApplyProblems::line).collect(Collectors.joining("\n")),
          "What others own is not overwritten unasked.",
          "Take the values over into k8s/, or run again with --force-conflicts",
          e);
    }
    return ApiProblems.of(cluster, "apply " + title, e);
  }

  /** Whether nobody else is in the way. */
  static boolean isConflictWith(String manager, KubernetesClientException e) {
    List<StatusCause> causes = causes(e);
    return e.getCode() == 409
        && !causes.isEmpty()
        && causes.stream()
            .allMatch(cause ->
                CONFLICT.equals(cause.getReason())
                    && cause.getMessage().contains("\"" + manager + "\""));
  }

  /** Such as {@code .spec.replicas: conflict with "kubectl" using apps/v1}. */
  private static String line(StatusCause cause) {
    return "  " + cause.getField() + ": " + cause.getMessage();
  }

  private static List<StatusCause> causes(KubernetesClientException e) {
    return e.getStatus() == null || e.getStatus().getDetails() == null
        ? List.of()
        : e.getStatus().getDetails().getCauses();
  }
}

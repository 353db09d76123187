package dev.mlops.platform.kubernetes;

import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.function.Supplier;

/** What an API server's refusal means to a user. */
final class ApiProblems {
  private ApiProblems() {}

  /**
   * Asks the cluster.
   *
   * @param deed what is being done, such as "read the pods"
   */
  static <T> T asking(Cluster cluster, String deed, Supplier<T> question) {
    try {
      return question.get();
    } catch (KubernetesClientException e) {
      throw of(cluster, deed, e);
    }
  }

  static void doing(Cluster cluster, String deed, Runnable action) {
    try {
      action.run();
    } catch (KubernetesClientException e) {
      throw of(cluster, deed, e);
    }
  }

  static MlopsException of(Cluster cluster, String deed, KubernetesClientException e) {
    String message = "The cluster " + cluster.name() + " does not let us " + deed;
    String why = reason(e);
    return switch (e.getCode()) {
      case 401 ->
          Code.KUBERNETES_UNAUTHORIZED.problem(
              "The cluster " + cluster.name() + " does not know who we are",
              "The credentials of the context have expired or are not the cluster's.",
              "kubectl --context " + cluster.name() + " auth whoami",
              e);
      case 403 -> Code.KUBERNETES_FORBIDDEN.problem(message, why, "mlops doctor", e);
      case 400, 404, 405, 409, 413, 415, 422 ->
          Code.KUBERNETES_REJECTED.problem(message, why, "mlops plan", e);
      case 0 ->
          Code.KUBERNETES_UNREACHABLE.problem(
              "The cluster " + cluster.name() + " does not answer",
              rootMessage(e),
              "kubectl --context " + cluster.name() + " version",
              e);
      default ->
          Code.KUBERNETES_UNREACHABLE.problem(
              "The cluster " + cluster.name() + " failed while we wanted to " + deed,
              why,
              "Run the command again: what is done is not done twice.",
              e);
    };
  }

  /** The API server's own sentence. */
  static String reason(KubernetesClientException e) {
    Status status = e.getStatus();
    return status == null || status.getMessage() == null ? rootMessage(e) : status.getMessage();
  }

  private static String rootMessage(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}

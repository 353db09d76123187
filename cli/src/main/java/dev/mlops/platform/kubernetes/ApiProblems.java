package dev.mlops.platform.kubernetes;

import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** What an API server's refusal means to a user. */
final class ApiProblems {
  private static final String WEBHOOK = "failed calling webhook";

  private ApiProblems() {}

  /**
   * Asks the cluster.
   *
   * @param deed what is being done, such as "read the pods"
   */
  static <T> T asking(Cluster cluster, String deed, Supplier<T> question) {
    try {
      return Conflicts.outlast(question);
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
    return own(e).orElseGet(() -> told(cluster, deed, e));
  }

  /** What the client carried through from code of ours, such as a login program's failure. */
  private static Optional<MlopsException> own(Throwable thrown) {
    return causes(thrown)
        .filter(MlopsException.class::isInstance)
        .map(MlopsException.class::cast)
        .findFirst();
  }

  private static MlopsException told(Cluster cluster, String deed, KubernetesClientException e) {
    String message = "The cluster " + cluster.name() + " does not let us " + deed;
    String why = reason(e);
    if (why.contains(WEBHOOK)) {
      return Code.KUBERNETES_ADMISSION.problem(
          "An admission webhook of the cluster " + cluster.name() + " does not answer",
          why,
          cluster.byHand("get validatingwebhookconfigurations,mutatingwebhookconfigurations"),
          e);
    }
    if (has(IOException.class, e)) {
      return unreachable(cluster, e);
    }
    return switch (e.getCode()) {
      case 401 ->
          Code.KUBERNETES_UNAUTHORIZED.problem(
              "The cluster " + cluster.name() + " does not know who we are",
              unknown(cluster),
              cluster.byHand("auth whoami"),
              e);
      case 403 -> Code.KUBERNETES_FORBIDDEN.problem(message, why, "mlops doctor", e);
      case 400, 404, 405, 409, 413, 415, 422 ->
          Code.KUBERNETES_REJECTED.problem(
              message, why, "Correct what it names, then look again: mlops plan", e);
      case 0 -> unreachable(cluster, e);
      case 429 ->
          Code.KUBERNETES_UNREACHABLE.problem(
              "The cluster " + cluster.name() + " has too much to do to let us " + deed,
              why,
              "Wait a while, then run the command again: it carries on where it stopped.",
              e);
      default ->
          Code.KUBERNETES_UNREACHABLE.problem(
              "The cluster " + cluster.name() + " failed while we wanted to " + deed,
              why,
              "Run the command again: it carries on where it stopped.",
              e);
    };
  }

  /** With the time, where the credentials say it themselves. */
  private static String unknown(Cluster cluster) {
    return Expiry.of(cluster.client().getConfiguration())
        .filter(end -> end.isPast(Instant.now()))
        .map(end -> end.what() + " of the context has expired at " + end.until() + ".")
        .findFirst()
        .orElse("The credentials of the context have expired or are not the cluster's.");
  }

  private static MlopsException unreachable(Cluster cluster, KubernetesClientException e) {
    return Code.KUBERNETES_UNREACHABLE.problem(
        has(SSLException.class, e)
            ? "There is no trusted connection to the cluster " + cluster.name()
            : "The cluster " + cluster.name() + " does not answer",
        has(ConnectException.class, e)
            ? "There is no connection to " + cluster.client().getMasterUrl() + "."
            : rootMessage(e),
        cluster.byHand("version"),
        e);
  }

  private static boolean has(Class<? extends Throwable> kind, Throwable thrown) {
    return causes(thrown).anyMatch(kind::isInstance);
  }

  private static Stream<Throwable> causes(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause);
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

package dev.mlops.platform.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.function.Supplier;

/**
 * Tries again where the server was writing the same object for somebody else in the same moment:
 * the next attempt is made on what that one left.
 */
final class Conflicts {
  private static final int ATTEMPTS = 4;
  private static final long PAUSE_MILLIS = 100;

  private Conflicts() {}

  static <T> T outlast(Supplier<T> call) {
    for (int attempt = 1; ; attempt++) {
      try {
        return call.get();
      } catch (KubernetesClientException e) {
        if (attempt == ATTEMPTS || !isOfTheMoment(e)) {
          throw e;
        }
        pause(e);
      }
    }
  }

  /** Neither a field that somebody else owns, nor a name that is taken: those stay. */
  private static boolean isOfTheMoment(KubernetesClientException e) {
    return e.getCode() == 409
        && e.getStatus() != null
        && "Conflict".equals(e.getStatus().getReason())
        && !ApplyProblems.isConflict(e);
  }

  private static void pause(KubernetesClientException e) {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw e;
    }
  }
}

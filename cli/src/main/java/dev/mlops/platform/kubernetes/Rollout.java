package dev.mlops.platform.kubernetes;

import dev.mlops.problem.Code;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** Waits until a Deployment is what it shall be. */
record Rollout(Site site, String deployment) {
  private static final Duration LOOK = Duration.ofMillis(500);

  /**
   * @throws dev.mlops.problem.MlopsException with the cause, as soon as it is plain that the
   *     rollout can't succeed
   */
  void await(Consumer<String> progress) throws InterruptedException {
    String told = "";
    Optional<String> before = timeout(read());
    while (true) {
      Deployment now = read();
      if (isComplete(now)) {
        return;
      }
      String line = line(now);
      if (!line.equals(told)) {
        progress.accept(line);
        told = line;
      }
      Optional<String> timeout = timeout(now);
      if (!timeout.equals(before)) {
        timeout.ifPresent(this::fail);
      }
      Thread.sleep(LOOK);
    }
  }

  private Deployment read() {
    return site.ask(
        "read Deployment " + deployment,
        client ->
            client
                .apps()
                .deployments()
                .inNamespace(site.namespace())
                .withName(deployment)
                .require());
  }

  /** Every pod is of the newest template, and available; no other is left. */
  static boolean isComplete(Deployment deployment) {
    DeploymentStatus status = deployment.getStatus();
    int desired = StatusReader.desired(deployment);
    return status != null
        && count(status.getObservedGeneration()) >= deployment.getMetadata().getGeneration()
        && count(status.getUpdatedReplicas()) == desired
        && count(status.getReplicas()) == desired
        && count(status.getAvailableReplicas()) == desired;
  }

  private static long count(Number value) {
    return value == null ? 0 : value.longValue();
  }

  private static String line(Deployment deployment) {
    DeploymentStatus status = deployment.getStatus();
    return "%d of %d replicas updated, %d available"
        .formatted(
            status == null ? 0 : count(status.getUpdatedReplicas()),
            StatusReader.desired(deployment),
            status == null ? 0 : count(status.getAvailableReplicas()));
  }

  /**
   * When the rollout was given up. What a former rollout left may stand there for a while yet: only
   * a new time is of this one.
   */
  private static Optional<String> timeout(Deployment deployment) {
    return StatusReader.conditions(deployment).stream()
        .filter(condition -> Objects.equals(condition.getReason(), "ProgressDeadlineExceeded"))
        .map(condition -> condition.getLastUpdateTime() + ": " + condition.getMessage())
        .findFirst();
  }

  private void fail(String why) {
    throw Code.KUBERNETES_ROLLOUT.problem(
        "Deployment " + deployment + " did not come up in time", why, "mlops logs");
  }
}

package dev.mlops.platform.kubernetes;

import dev.mlops.manifest.Marked;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** Watches a Deployment until it is what it shall be. */
final class Rollout {
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final int USUAL_DEADLINE_SECONDS = 600;

  /** Kubernetes keeps the deadline; this is for when it does not. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final Site site;
  private final String deployment;
  private final Patience patience = new Patience(InstantSource.system());
  private final Outage outage = new Outage(InstantSource.system());
  private String told = "";
  private String reached = "";
  private long movedAt = System.nanoTime();

  Rollout(Site site, String deployment) {
    this.site = site;
    this.deployment = deployment;
  }

  /**
   * @throws MlopsException with the cause, as soon as it is certain that the rollout can't succeed
   */
  void await(Consumer<String> progress) throws InterruptedException {
    try (SceneWatch watch = outage.survive(() -> SceneWatch.open(site, deployment), progress)) {
      Scene scene = watch.next(Duration.ZERO);
      Optional<String> before = timeout(scene.deployment());
      while (!isComplete(scene.deployment())) {
        tell(scene, progress);
        failIfHopeless(scene, before);
        scene = outage.survive(() -> watch.next(LOOK), progress);
      }
    }
  }

  /** Notes that the release has come up, which the cluster counts as a change to take notice of. */
  void remember(Consumer<String> progress) throws InterruptedException {
    Deployment now = outage.survive(() -> SceneWatch.read(site, deployment), progress);
    if (Site.annotation(now, Marked.IMAGE).isPresent() && !History.hasStood(now)) {
      String revision = Integer.toString(Scene.revision(now));
      new Annotations(site).set(deployment, History.STOOD, revision);
      await(progress);
    }
  }

  private void tell(Scene scene, Consumer<String> progress) {
    String line = RolloutProgress.line(scene);
    if (!line.equals(told)) {
      progress.accept(line);
      told = line;
    }
  }

  private void failIfHopeless(Scene scene, Optional<String> timeoutBefore) {
    List<Fault> faults = Diagnosis.of(scene);
    Optional<Fault> hopeless = patience.exhausted(faults);
    if (hopeless.isPresent()) {
      throw new Evidence(site).problem(hopeless.get(), scene);
    }
    Optional<String> timeout = timeout(scene.deployment());
    boolean late = timeout.isPresent() && !timeout.equals(timeoutBefore);
    if (late || isStuck(scene)) {
      throw tooLate(faults, scene);
    }
  }

  private MlopsException tooLate(List<Fault> faults, Scene scene) {
    int seconds = deadlineSeconds(scene.deployment());
    String late = "Nothing moved for " + seconds + " s, its progressDeadlineSeconds.";
    return faults.isEmpty()
        ? Code.KUBERNETES_ROLLOUT.problem(
            "Deployment " + deployment + " did not come up in time",
            late + " " + RolloutProgress.line(scene) + ".",
            "mlops logs")
        : new Evidence(site).problem(faults.getFirst().because(late), scene);
  }

  /** Draining is no progress, but the pods' grace bounds it. */
  private boolean isStuck(Scene scene) {
    DeploymentStatus status = scene.deployment().getStatus();
    String now =
        status == null
            ? ""
            : status.getUpdatedReplicas()
                + " "
                + status.getAvailableReplicas()
                + " "
                + status.getReplicas();
    if (!now.equals(reached) || scene.isDraining()) {
      reached = now;
      movedAt = System.nanoTime();
    }
    Duration longest = Duration.ofSeconds(deadlineSeconds(scene.deployment())).plus(GRACE);
    return System.nanoTime() - movedAt > longest.toNanos();
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

  static long count(Number value) {
    return value == null ? 0 : value.longValue();
  }

  private static int deadlineSeconds(Deployment deployment) {
    return Objects.requireNonNullElse(
        deployment.getSpec().getProgressDeadlineSeconds(), USUAL_DEADLINE_SECONDS);
  }

  /**
   * When the rollout was given up. What a former rollout left may stand there for a while yet: only
   * a new time is of this one.
   */
  private static Optional<String> timeout(Deployment deployment) {
    return StatusReader.conditions(deployment).stream()
        .filter(condition -> Objects.equals(condition.getReason(), "ProgressDeadlineExceeded"))
        .map(DeploymentCondition::getLastUpdateTime)
        .findFirst();
  }
}

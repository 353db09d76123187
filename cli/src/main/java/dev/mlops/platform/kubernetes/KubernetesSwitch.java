package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Status;
import dev.mlops.platform.Switch;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes every Deployment and StatefulSet of ours to no replicas, and back to as many as it had;
 * CronJobs are suspended meanwhile.
 */
record KubernetesSwitch(Site site) implements Switch {
  /** After its grace period, which a node keeps that answers. */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  @Override
  public Status pause(Consumer<String> progress) throws InterruptedException {
    // By the main one the whole counts as paused: should this be cut off, the next run goes on.
    List<Deployment> deployments = mainLast();
    new OtherWorkloads(site).stop();
    deployments.forEach(new Scaling(site)::stop);
    for (Deployment deployment : deployments) {
      awaitEnd(deployment, progress);
    }
    new OtherWorkloads(site).awaitEnd(progress);
    return new StatusReader(site).read();
  }

  private List<Deployment> mainLast() {
    Optional<String> main = site.main().map(found -> found.getMetadata().getName());
    return site.deployments().stream()
        .sorted(
            Comparator.comparing(
                deployment -> main.stream().anyMatch(deployment.getMetadata().getName()::equals)))
        .toList();
  }

  /** Kubernetes ends each pod within its grace period, by force if need be. */
  private void awaitEnd(Deployment deployment, Consumer<String> progress)
      throws InterruptedException {
    new Wait(LONGEST.plusSeconds(grace(deployment)))
        .until(() -> stillThere(deployment), progress, left -> stuck(deployment, left));
  }

  private static long grace(Deployment deployment) {
    Long seconds = deployment.getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds();
    return seconds == null ? 0 : seconds;
  }

  private String stillThere(Deployment deployment) {
    long left = site.pods(deployment).stream().filter(pod -> !PodState.isLeftOver(pod)).count();
    return left == 0 ? "" : left + (left == 1 ? " replica is ending" : " replicas are ending");
  }

  private MlopsException stuck(Deployment deployment, String left) {
    return Code.KUBERNETES_STUCK.problem(
        "Deployment " + deployment.getMetadata().getName() + " does not stop: " + left,
        "Its grace period has been over for "
            + LONGEST.toMinutes()
            + " minutes: the node of such a pod may not answer.",
        site.cluster().byHand("-n " + site.namespace() + " get pods -o wide"));
  }

  @Override
  public Status resume(Consumer<String> progress) throws InterruptedException {
    List<Deployment> deployments = mainLast();
    new OtherWorkloads(site).start();
    for (Deployment deployment : deployments) {
      Optional<Pause> pause = Pause.of(deployment);
      pause.ifPresent(p -> new Scaling(site).start(deployment, p));
    }
    for (Deployment deployment : deployments) {
      new Rollout(site, deployment.getMetadata().getName()).await(progress);
    }
    for (Deployment deployment : deployments) {
      new Rollout(site, deployment.getMetadata().getName()).remember(progress);
    }
    new OtherWorkloads(site).awaitStart(progress);
    new AddressWait(site).await(progress);
    return new StatusReader(site).read();
  }
}

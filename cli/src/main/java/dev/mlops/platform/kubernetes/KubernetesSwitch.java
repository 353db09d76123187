package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Status;
import dev.mlops.platform.Switch;
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
  private static final Duration LOOK = Duration.ofMillis(500);

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
    int told = -1;
    for (int left = site.pods(deployment).size(); left > 0; ) {
      if (left != told) {
        progress.accept(left + " replicas are ending");
        told = left;
      }
      Thread.sleep(LOOK);
      left = site.pods(deployment).size();
    }
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
    new OtherWorkloads(site).awaitStart(progress);
    for (Deployment deployment : deployments) {
      new Rollout(site, deployment.getMetadata().getName()).remember(progress);
    }
    new AddressWait(site).await(progress);
    return new StatusReader(site).read();
  }
}

package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Status;
import dev.mlops.platform.Switch;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Takes every Deployment of ours to no replicas, and back to as many as it had. */
record KubernetesSwitch(Site site) implements Switch {
  private static final Duration LOOK = Duration.ofMillis(500);

  @Override
  public Status pause(Consumer<String> progress) throws InterruptedException {
    List<Deployment> deployments = site.deployments();
    deployments.forEach(new Scaling(site)::stop);
    for (Deployment deployment : deployments) {
      awaitEnd(deployment, progress);
    }
    return new StatusReader(site).read();
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
    List<Deployment> deployments = site.deployments();
    for (Deployment deployment : deployments) {
      Optional<Pause> pause = Pause.of(deployment);
      pause.ifPresent(p -> new Scaling(site).start(deployment, p));
    }
    for (Deployment deployment : deployments) {
      new Rollout(site, deployment.getMetadata().getName()).await(progress);
    }
    new AddressWait(site).await(progress);
    return new StatusReader(site).read();
  }
}

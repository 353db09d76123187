package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.platform.Desired;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.function.Consumer;

/** Takes a release to the cluster and waits until it has come up. */
record Deliverer(Site site, Consumer<String> progress) {

  /**
   * @param force values that others set are overwritten
   */
  void deliver(Desired desired, boolean force) throws InterruptedException {
    boolean first = site.main().flatMap(main -> Site.annotation(main, History.STOOD)).isEmpty();
    Delivery delivery = Delivery.of(site, desired);
    apply(desired, delivery, force);
    if (site.main().flatMap(Pause::of).isEmpty()) {
      if (first) {
        new Scaling(site).begin(desired);
      }
      await(delivery);
    } else {
      new Scaling(site).remember(desired);
      new OtherWorkloads(site).remember(desired.manifests());
      progress.accept("taken in; it is paused, and `mlops resume` starts it");
    }
    delivery.leavers().stream().filter(leaver -> !isAutoscaler(leaver)).forEach(this::prune);
  }

  /** A release has come up when all of it has. */
  private void await(Delivery delivery) throws InterruptedException {
    for (ObjectNode deployment : delivery.deployments()) {
      rollout(deployment).await(progress);
    }
    for (ObjectNode set : delivery.objects().stream().filter(SetRollout::isOne).toList()) {
      new SetRollout(site, set).await(progress);
    }
    for (ObjectNode deployment : delivery.deployments()) {
      rollout(deployment).remember(progress);
    }
  }

  private Rollout rollout(ObjectNode deployment) {
    return new Rollout(site.of(deployment), deployment.at("/metadata/name").asText());
  }

  private void apply(Desired desired, Delivery delivery, boolean force)
      throws InterruptedException {
    // An autoscaler that goes must not undo the count that is applied in its place.
    delivery.leavers().stream().filter(Deliverer::isAutoscaler).forEach(this::prune);
    for (ObjectNode object : delivery.objects()) {
      boolean deployment = site.isOwnDeployment(object);
      boolean freed = deployment && Handover.isFreed(object, delivery.leavers());
      var applier = new Applier(site.cluster(), site.namespace(), force || freed);
      progress.accept("applying " + applier.title(object));
      new CustomKinds(site.cluster(), delivery.objects()).await(object);
      if (deployment) {
        new Handover(site).keepCount(object, desired.manifests());
      }
      applier.apply(object);
    }
  }

  private static boolean isAutoscaler(GenericKubernetesResource object) {
    return object.getKind().equals("HorizontalPodAutoscaler");
  }

  private void prune(GenericKubernetesResource object) {
    String title = object.getKind() + " " + object.getMetadata().getName();
    progress.accept("removing " + title + ", which has left the manifests");
    ApiProblems.doing(
        site.cluster(),
        "remove " + title,
        () -> new Resources(site.cluster()).of(object, site.namespace()).delete());
  }
}

package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.manifest.Owner;
import dev.mlops.platform.Desired;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Takes a release to the cluster and waits until it has come up. */
record Deliverer(Site site, Consumer<String> progress) {

  /**
   * @param force values that others set are overwritten
   */
  void deliver(Desired desired, boolean force) throws InterruptedException {
    deliver(desired, force, false);
  }

  /** Brings a former release back; what its Jobs did is not done again. */
  void restore(Desired former) throws InterruptedException {
    deliver(former, true, true);
  }

  private void deliver(Desired desired, boolean force, boolean back) throws InterruptedException {
    boolean first = site.main().flatMap(main -> Site.annotation(main, History.STOOD)).isEmpty();
    Delivery delivery = Delivery.of(site, desired);
    if (!back) {
      new Succession(new Applier(site.cluster(), site.namespace(), force), owner())
          .check(delivery.objects());
    }
    apply(desired, delivery, force, back);
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
    prune(delivery, leaver -> !isAutoscaler(leaver));
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

  private void apply(Desired desired, Delivery delivery, boolean force, boolean back)
      throws InterruptedException {
    // An autoscaler that goes must not undo the count that is applied in its place.
    prune(delivery, Deliverer::isAutoscaler);
    for (ObjectNode object : delivery.objects()) {
      boolean deployment = site.isOwnDeployment(object);
      boolean freed = deployment && Handover.isFreed(object, delivery.leavers());
      var applier = new Applier(site.cluster(), site.namespace(), force || freed);
      progress.accept("applying " + Removal.title(object));
      new CustomKinds(site.cluster(), delivery.objects()).await(object);
      if (deployment) {
        new Handover(site).keepCount(object, desired.manifests());
      }
      if (Succession.concerns(object)) {
        apply(new Succession(applier, owner()), object, back);
      } else {
        applier.apply(object);
      }
    }
  }

  private void apply(Succession job, ObjectNode object, boolean back) throws InterruptedException {
    if (back && job.isFixed(object)) {
      progress.accept("leaving " + Removal.title(object) + ": what a Job did is not done again");
      return;
    }
    job.makeWay(object, progress);
    job.applier().apply(object);
  }

  private Owner owner() {
    return site.settings().owner();
  }

  private static boolean isAutoscaler(GenericKubernetesResource object) {
    return object.getKind().equals("HorizontalPodAutoscaler");
  }

  private void prune(Delivery delivery, Predicate<GenericKubernetesResource> which) {
    List<GenericKubernetesResource> going = delivery.leavers().stream().filter(which).toList();
    new Departures(site, going).prune(progress);
  }
}

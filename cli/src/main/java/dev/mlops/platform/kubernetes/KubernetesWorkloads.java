package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.platform.ApplyOptions;
import dev.mlops.platform.Desired;
import dev.mlops.platform.Release;
import dev.mlops.platform.Status;
import dev.mlops.platform.Workloads;
import dev.mlops.problem.MlopsException;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The service of an environment in a cluster. */
record KubernetesWorkloads(Site site) implements Workloads {

  @Override
  public Status status() {
    return new StatusReader(site).read();
  }

  @Override
  public List<String> compare(Desired desired) {
    return new Comparison(site).lines(desired);
  }

  @Override
  public Status apply(Desired desired, ApplyOptions options, Consumer<String> progress)
      throws InterruptedException {
    new Namespaces(site).ensure(progress);
    Optional<Desired> former = former();
    try {
      roll(desired, options.forceConflicts(), progress);
    } catch (MlopsException e) {
      if (options.rollBack() && former.isPresent()) {
        progress.accept("back to release " + former.get().release().name());
        roll(former.get(), true, progress);
      }
      throw e;
    }
    return status();
  }

  /** What was applied last, as the cluster remembers it. */
  private Optional<Desired> former() {
    Optional<Deployment> main = site.main();
    Optional<Release> release = main.flatMap(ReleaseReader::of);
    return main.map(deployment -> deployment.getMetadata().getAnnotations())
        .flatMap(Ledger::applied)
        .flatMap(manifests -> release.map(r -> new Desired(r, manifests)));
  }

  private void roll(Desired desired, boolean force, Consumer<String> progress)
      throws InterruptedException {
    boolean first = site.main().isEmpty();
    Delivery delivery = Delivery.of(site, desired);
    var applier = new Applier(site.cluster(), site.namespace(), force);
    for (ObjectNode object : delivery.objects()) {
      progress.accept("applying " + applier.title(object));
      applier.apply(object);
    }
    Optional<Pause> pause = site.main().flatMap(Pause::of);
    var scaling = new Scaling(site);
    if (pause.isEmpty()) {
      if (first) {
        scaling.begin(desired);
      }
      for (String deployment : delivery.deployments()) {
        new Rollout(site, deployment).await(progress);
      }
    } else {
      scaling.remember(desired);
      progress.accept("taken in; it is paused, and `mlops resume` starts it");
    }
    delivery.leavers().forEach(object -> prune(object, progress));
  }

  private void prune(GenericKubernetesResource object, Consumer<String> progress) {
    String title = object.getKind() + " " + object.getMetadata().getName();
    progress.accept("removing " + title + ", which has left the manifests");
    ApiProblems.doing(
        site.cluster(),
        "remove " + title,
        () -> new Resources(site.cluster()).of(object, site.namespace()).delete());
  }
}

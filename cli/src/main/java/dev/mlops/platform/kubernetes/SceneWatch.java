package dev.mlops.platform.kubernetes;

import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Keeps a {@link Scene} up to date by watches, which list again by themselves when they are cut.
 * One that has been cut without a sign is found by its silence: then the cluster is asked anew.
 */
final class SceneWatch implements AutoCloseable {
  private static final Duration SILENCE = Duration.ofSeconds(3);

  /** What comes at once is looked at once. */
  private static final Duration GATHER = Duration.ofMillis(50);

  private final Site site;
  private final String name;
  private final Semaphore bell = new Semaphore(0);
  private final SharedIndexInformer<Deployment> deployments;
  private final SharedIndexInformer<ReplicaSet> replicaSets;
  private final SharedIndexInformer<Pod> pods;
  private final List<SharedIndexInformer<Event>> events;
  private long lastHeard = System.nanoTime();
  private Scene latest;

  private SceneWatch(Site site, Deployment deployment) {
    this.site = site;
    this.name = deployment.getMetadata().getName();
    var selector = deployment.getSpec().getSelector();
    var client = site.cluster().client();
    String namespace = site.namespace();
    this.deployments =
        watch("Deployments", client.apps().deployments().inNamespace(namespace).withName(name));
    this.replicaSets =
        watch(
            "ReplicaSets",
            client.apps().replicaSets().inNamespace(namespace).withLabelSelector(selector));
    this.pods = watch("pods", client.pods().inNamespace(namespace).withLabelSelector(selector));
    this.events = events();
    this.latest = cached(deployment);
  }

  static SceneWatch open(Site site, String deployment) {
    return new SceneWatch(site, read(site, deployment));
  }

  /** One look, without a watch. */
  static Scene look(Site site, String deployment) {
    Deployment now = read(site, deployment);
    return new Scene(now, replicaSets(site, now), site.pods(now), eventsNow(site));
  }

  static List<ReplicaSet> replicaSets(Site site, Deployment deployment) {
    return site.ask(
        "list the ReplicaSets in " + site.namespace(),
        client ->
            client
                .apps()
                .replicaSets()
                .inNamespace(site.namespace())
                .withLabelSelector(deployment.getSpec().getSelector())
                .list()
                .getItems());
  }

  /**
   * Waits until something has changed, but not for longer than this.
   *
   * @throws MlopsException if the cluster was silent, was asked, and does not answer
   */
  Scene next(Duration longest) throws InterruptedException {
    if (bell.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
      Thread.sleep(GATHER);
      bell.drainPermits();
      lastHeard = System.nanoTime();
      latest = cached(latest.deployment());
    } else if (System.nanoTime() - lastHeard > SILENCE.toNanos()) {
      latest = look(site, name);
      lastHeard = System.nanoTime();
    }
    return latest;
  }

  @Override
  public void close() {
    Stream.of(List.of(deployments, replicaSets, pods), events)
        .flatMap(List::stream)
        .forEach(SharedIndexInformer::close);
  }

  private Scene cached(Deployment before) {
    return new Scene(
        deployments.getStore().list().stream().findFirst().orElse(before),
        replicaSets.getStore().list(),
        pods.getStore().list(),
        events.stream().flatMap(informer -> informer.getStore().list().stream()).toList());
  }

  private List<SharedIndexInformer<Event>> events() {
    try {
      return List.of(
          watch("events", site.cluster().client().v1().events().inNamespace(site.namespace())));
    } catch (MlopsException e) {
      if (e.problem().code() == Code.KUBERNETES_FORBIDDEN) {
        return List.of(); // what they tell is missed in a diagnosis; nothing depends on it
      }
      throw e;
    }
  }

  private <T extends HasMetadata> SharedIndexInformer<T> watch(String what, Informable<T> these) {
    return ApiProblems.asking(
        site.cluster(),
        "watch the " + what + " in " + site.namespace(),
        () -> these.inform(ring()));
  }

  private <T> ResourceEventHandler<T> ring() {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(T added) {
        bell.release();
      }

      @Override
      public void onUpdate(T before, T after) {
        bell.release();
      }

      @Override
      public void onDelete(T deleted, boolean unknown) {
        bell.release();
      }
    };
  }

  static Deployment read(Site site, String name) {
    return site.ask(
            "read Deployment " + name,
            client ->
                Optional.ofNullable(
                    client.apps().deployments().inNamespace(site.namespace()).withName(name).get()))
        .orElseThrow(() ->
            Code.KUBERNETES_ROLLOUT.problem(
                "Deployment " + name + " is gone",
                "Somebody else removed it meanwhile.",
                "mlops deploy"));
  }

  static List<Event> eventsNow(Site site) {
    try {
      return site.ask(
          "list the events in " + site.namespace(),
          client -> client.v1().events().inNamespace(site.namespace()).list().getItems());
    } catch (MlopsException e) {
      if (e.problem().code() == Code.KUBERNETES_FORBIDDEN) {
        return List.of();
      }
      throw e;
    }
  }
}

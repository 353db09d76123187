package dev.mlops.platform.kubernetes;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The environment's namespace: made if it is not there, and removed only if we made it. */
record Namespaces(Site site) {
  private static final Duration LOOK = Duration.ofMillis(500);

  boolean exists() {
    return find().isPresent();
  }

  /** Whether it carries our labels. */
  boolean isOurs() {
    return find().filter(this::isOurs).isPresent();
  }

  void ensure(Consumer<String> progress) {
    if (!exists()) {
      progress.accept("making the namespace " + site.namespace());
      ApiProblems.doing(
          site.cluster(),
          "make the namespace " + site.namespace(),
          () -> site.cluster().client().resource(fresh()).create());
    }
  }

  /** Returns when it is gone. */
  void removeIfOurs(Consumer<String> progress) throws InterruptedException {
    if (!isOurs()) {
      return;
    }
    progress.accept("removing the namespace " + site.namespace());
    ApiProblems.doing(
        site.cluster(),
        "remove the namespace " + site.namespace(),
        () -> site.cluster().client().namespaces().withName(site.namespace()).delete());
    while (exists()) {
      Thread.sleep(LOOK);
    }
  }

  private Namespace fresh() {
    return new NamespaceBuilder()
        .withNewMetadata()
        .withName(site.namespace())
        .withLabels(site.settings().owner().labels())
        .endMetadata()
        .build();
  }

  private boolean isOurs(Namespace namespace) {
    Map<String, String> labels = namespace.getMetadata().getLabels();
    return labels != null
        && labels.entrySet().containsAll(site.settings().owner().labels().entrySet());
  }

  /** Where we may not look at it, it is taken to be there: what follows will tell. */
  Optional<Namespace> find() {
    try {
      return Optional.ofNullable(
          site.cluster().client().namespaces().withName(site.namespace()).get());
    } catch (KubernetesClientException e) {
      if (e.getCode() == 403) {
        return Optional.of(new Namespace());
      }
      throw ApiProblems.of(site.cluster(), "read the namespace " + site.namespace(), e);
    }
  }
}

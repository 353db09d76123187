package dev.mlops.platform.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import java.util.function.Consumer;

/** The environment's namespace: made if it is not there, and removed only if we made it. */
record Namespaces(Site site) {
  boolean exists() {
    return find().isPresent();
  }

  /** If it carries our labels. */
  Optional<GenericKubernetesResource> ours() {
    return find()
        .filter(this::isOurs)
        .map(found -> {
          var namespace = new GenericKubernetesResource();
          namespace.setApiVersion("v1");
          namespace.setKind("Namespace");
          namespace.setMetadata(found.getMetadata());
          return namespace;
        });
  }

  void ensure(Consumer<String> progress) {
    if (!exists()) {
      progress.accept("making the namespace " + site.namespace());
      ApiProblems.doing(
          site.cluster(), "make the namespace " + site.namespace(), () -> create(fresh()));
    }
  }

  private void create(Namespace fresh) {
    try {
      site.cluster().client().resource(fresh).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != 409) { // somebody was quicker, or our own call whose answer was lost
        throw e;
      }
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
    return namespace.getMetadata() != null
        && site.settings().owner().owns(namespace.getMetadata().getLabels(), site.namespace());
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

package dev.mlops.platform.kubernetes;

import dev.mlops.manifest.Owner;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * All objects of a kind in one place.
 *
 * @param namespace absent for every place there is
 */
record Listing(ApiKind kind, Optional<String> namespace) {

  static Listing everywhere(ApiKind kind) {
    return new Listing(kind, Optional.empty());
  }

  /** One for each namespace of the extent, or just one for a kind outside of namespaces. */
  static List<Listing> of(ApiKind kind, Extent extent) {
    return kind.namespaced()
        ? extent.namespaces().stream().map(name -> new Listing(kind, Optional.of(name))).toList()
        : List.of(everywhere(kind));
  }

  /** The owner's. */
  List<GenericKubernetesResource> ask(Cluster cluster, Owner owner) {
    try {
      return read(cluster.client(), owner);
    } catch (KubernetesClientException e) {
      if (e.getCode() == 404) {
        return List.of(); // the kind has gone meanwhile
      }
      throw ApiProblems.of(cluster, "list " + kind.kind().kind() + " objects", e);
    }
  }

  /** The owner's; empty if we may not look. */
  Optional<List<GenericKubernetesResource>> askIfAllowed(Cluster cluster, Owner owner) {
    return ifAllowed(cluster, client -> read(client, owner));
  }

  /** Whoever's; empty if we may not look. */
  Optional<List<GenericKubernetesResource>> allIfAllowed(Cluster cluster) {
    return ifAllowed(cluster, client -> read(client, Map.of()));
  }

  private Optional<List<GenericKubernetesResource>> ifAllowed(
      Cluster cluster, Function<KubernetesClient, List<GenericKubernetesResource>> read) {
    try {
      return Optional.of(read.apply(cluster.client()));
    } catch (KubernetesClientException e) {
      return switch (e.getCode()) {
        case 403, 405 -> Optional.empty();
        case 404 -> Optional.of(List.of());
        default -> throw ApiProblems.of(cluster, "list " + kind.kind().kind() + " objects", e);
      };
    }
  }

  private List<GenericKubernetesResource> read(KubernetesClient client, Owner owner) {
    return read(client, owner.selector()).stream()
        .filter(object -> owner.owns(object.getMetadata().getLabels(), place(object)))
        .toList();
  }

  /** A namespace lies in itself, as far as that matters. */
  static String place(HasMetadata object) {
    return object.getKind().equals("Namespace")
        ? object.getMetadata().getName()
        : object.getMetadata().getNamespace();
  }

  /** Each says what kind it is; in a list the server leaves that out. */
  private List<GenericKubernetesResource> read(
      KubernetesClient client, Map<String, String> labels) {
    var all = client.genericKubernetesResources(kind.context());
    Stream<GenericKubernetesResource> found =
        (namespace.isPresent() ? all.inNamespace(namespace.get()) : all.inAnyNamespace())
            .withLabels(labels).list().getItems().stream();
    return found
        .peek(object -> {
          object.setApiVersion(kind.kind().apiVersion());
          object.setKind(kind.kind().kind());
        })
        .toList();
  }
}

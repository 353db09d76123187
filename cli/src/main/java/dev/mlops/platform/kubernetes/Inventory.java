package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.manifest.Owner;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What of one owner there is in a namespace. */
record Inventory(Cluster cluster, String namespace, Owner owner) {

  /** Everything of ours, but for what another object owns and Kubernetes removes with it. */
  List<GenericKubernetesResource> find(Collection<Kind> alsoThese) {
    var kinds = new TreeSet<>(Kind.USUAL);
    kinds.addAll(alsoThese);
    List<GenericKubernetesResource> found = list(List.copyOf(kinds), alsoThese);
    List<Kind> recorded = recorded(found).filter(kind -> !kinds.contains(kind)).toList();
    return Stream.concat(found.stream(), list(recorded, recorded).stream()).toList();
  }

  /** Kinds that the workloads tell of. */
  static Stream<Kind> recorded(List<GenericKubernetesResource> found) {
    return found.stream()
        .map(object -> object.getMetadata().getAnnotations())
        .filter(annotations -> annotations != null && annotations.containsKey(Ledger.KINDS))
        .flatMap(annotations -> Kind.split(annotations.get(Ledger.KINDS)))
        .distinct();
  }

  static Kind kind(HasMetadata object) {
    return new Kind(object.getApiVersion(), object.getKind());
  }

  /** Whether these are one object; the version that names it may differ. */
  boolean same(HasMetadata object, ObjectNode manifest) {
    return object.getKind().equals(manifest.path("kind").asText())
        && group(object.getApiVersion()).equals(group(manifest.path("apiVersion").asText()))
        && object.getMetadata().getName().equals(manifest.at("/metadata/name").asText());
  }

  private static String group(String apiVersion) {
    int slash = apiVersion.indexOf('/');
    return slash < 0 ? "" : apiVersion.substring(0, slash);
  }

  private List<GenericKubernetesResource> list(List<Kind> kinds, Collection<Kind> needed) {
    return Parallel.map(kinds, kind -> list(kind, needed.contains(kind))).stream()
        .flatMap(List::stream)
        .toList();
  }

  private List<GenericKubernetesResource> list(Kind kind, boolean needed) {
    KubernetesClient client = cluster.client();
    try {
      return client
          .genericKubernetesResources(kind.apiVersion(), kind.kind())
          .inNamespace(namespace)
          .withLabels(owner.labels())
          .list()
          .getItems()
          .stream()
          .filter(object -> object.getMetadata().getOwnerReferences().isEmpty())
          .toList();
    } catch (KubernetesClientException e) {
      if (e.getCode() == 404) {
        return List.of(); // the server has no such kind, or not any more
      }
      if (e.getCode() == 403 && !needed) {
        return List.of(); // who may not see a kind has applied none of it
      }
      throw ApiProblems.of(cluster, "list " + kind.kind() + " objects", e);
    }
  }
}

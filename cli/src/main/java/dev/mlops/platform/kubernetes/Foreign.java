package dev.mlops.platform.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What would go together with something of ours, and is not meant to.
 *
 * @param going what goes anyway
 */
record Foreign(Cluster cluster, Discovery.Kinds kinds, Predicate<HasMetadata> going) {
  /** In every namespace, by Kubernetes itself or by what is often installed beside it. */
  private static final Set<String> EVERYWHERE =
      Set.of(
          "ServiceAccount default",
          "ConfigMap kube-root-ca.crt",
          "ConfigMap openshift-service-ca.crt",
          "ConfigMap istio-ca-root-cert");

  /** Traces of other objects. */
  private static final Set<String> TRACES = Set.of("Event", "Endpoints", "EndpointSlice");

  /** Why the object has to stay, one reason each; empty if nothing hangs on it. */
  List<String> within(HasMetadata ours) {
    String name = ours.getMetadata().getName();
    return switch (ours.getKind()) {
      case "Namespace" -> inNamespace(name);
      case "CustomResourceDefinition" -> ofKind(name);
      default -> List.of();
    };
  }

  private List<String> inNamespace(String namespace) {
    List<String> reasons = new ArrayList<>();
    kinds.silent().forEach(version -> reasons.add(version + ", which does not answer"));
    List<GenericKubernetesResource> all = new ArrayList<>();
    List<Listing> listings =
        kinds.all().stream()
            .filter(ApiKind::namespaced)
            .filter(kind -> !TRACES.contains(kind.kind().kind()))
            .flatMap(kind -> Listing.of(kind, Extent.of(Set.of(), Set.of(namespace))).stream())
            .toList();
    var answers = Parallel.map(listings, l -> l.allIfAllowed(cluster));
    for (int i = 0; i < listings.size(); i++) {
      String plural = listings.get(i).kind().plural();
      answers.get(i).ifPresentOrElse(all::addAll, () -> reasons.add(plural + ", not ours to see"));
    }
    reasons.addAll(titles(all));
    return reasons;
  }

  /** Objects of a custom resource, anywhere. */
  private List<String> ofKind(String crd) {
    return kinds.all().stream()
        .filter(kind -> (kind.plural() + "." + kind.kind().group()).equals(crd))
        .map(Listing::everywhere)
        .flatMap(listing ->
            listing
                .allIfAllowed(cluster)
                .map(objects -> titles(objects).stream())
                .orElse(Stream.of(listing.kind().plural() + ", not ours to see")))
        .toList();
  }

  private List<String> titles(List<GenericKubernetesResource> all) {
    Set<String> uids =
        all.stream().map(object -> object.getMetadata().getUid()).collect(Collectors.toSet());
    return all.stream()
        .filter(going.negate())
        .filter(object -> isRoot(object, uids))
        .map(object -> object.getKind() + " " + object.getMetadata().getName())
        .filter(title -> !EVERYWHERE.contains(title))
        .collect(Collectors.collectingAndThen(Collectors.toCollection(TreeSet::new), List::copyOf));
  }

  private static boolean isRoot(HasMetadata object, Set<String> uids) {
    return object.getMetadata().getOwnerReferences().stream()
        .map(OwnerReference::getUid)
        .noneMatch(uids::contains);
  }
}

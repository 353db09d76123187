package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.manifest.Owner;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What of one owner there is among the kinds that its workloads tell of. */
record Inventory(Cluster cluster, String namespace, Owner owner) {

  /**
   * Everything of ours, but for what another object owns and Kubernetes removes with it.
   *
   * @param alsoThese places to look in beside the usual and the recorded ones
   */
  List<GenericKubernetesResource> find(Extent alsoThese) {
    Set<Listing> named = listings(alsoThese);
    Set<Listing> usual = listings(alsoThese.and(usual()));
    usual.removeAll(named);
    List<GenericKubernetesResource> found = new ArrayList<>(ask(named));
    // Who may not see a kind has applied none of it, or the workloads tell of it.
    found.addAll(flat(usual, l -> l.askIfAllowed(cluster, owner).orElse(List.of())));
    Set<Listing> recorded = listings(usual().and(Ledger.extent(found)));
    recorded.removeAll(named);
    recorded.removeAll(usual);
    found.addAll(ask(recorded));
    return distinct(found);
  }

  private Extent usual() {
    return Extent.of(Set.copyOf(Kind.USUAL), Set.of(namespace));
  }

  /** Whether these are one object; the version that names it may differ. */
  boolean same(HasMetadata object, ObjectNode manifest) {
    String there = object.getMetadata().getNamespace();
    return Kind.of(object).same(Kind.of(manifest))
        && object.getMetadata().getName().equals(manifest.at("/metadata/name").asText())
        && (there == null || there.equals(manifest.at("/metadata/namespace").asText(namespace)));
  }

  private Set<Listing> listings(Extent extent) {
    var listings = new LinkedHashSet<Listing>();
    for (Kind kind : extent.kinds()) {
      cluster.discovery().find(kind).ifPresent(found -> listings.addAll(Listing.of(found, extent)));
    }
    return listings;
  }

  private List<GenericKubernetesResource> ask(Set<Listing> listings) {
    return flat(listings, listing -> listing.ask(cluster, owner));
  }

  private static List<GenericKubernetesResource> flat(
      Set<Listing> listings, Function<Listing, List<GenericKubernetesResource>> ask) {
    return Parallel.map(List.copyOf(listings), ask).stream().flatMap(List::stream).toList();
  }

  /** One object may be found under two versions of its kind. */
  private static List<GenericKubernetesResource> distinct(List<GenericKubernetesResource> found) {
    Set<String> seen = new HashSet<>();
    return found.stream()
        .filter(object -> object.getMetadata().getOwnerReferences().isEmpty())
        .filter(object -> seen.add(object.getMetadata().getUid()))
        .toList();
  }
}

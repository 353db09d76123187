package dev.mlops.platform.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whatever in the cluster carries our labels, of every kind that the server has: what a deployment
 * that was killed half way applied is among it, though no workload tells of it yet.
 */
record Estate(Site site) {
  /** Made by Kubernetes from Services, with the Services' labels. */
  private static final Set<String> MIRRORED = Set.of("Endpoints", "EndpointSlice");

  /** All of it, with what Kubernetes removes together with its owner. */
  List<GenericKubernetesResource> all(Discovery.Kinds kinds) {
    Extent told = site.told();
    boolean everywhere = mayListEverything();
    List<Listing> listings = new ArrayList<>();
    for (ApiKind kind : kinds.all()) {
      if (!MIRRORED.contains(kind.kind().kind())) {
        listings.addAll(everywhere ? List.of(Listing.everywhere(kind)) : Listing.of(kind, told));
      }
    }
    Set<String> seen = new HashSet<>();
    return Parallel.map(listings, listing -> ask(listing, told)).stream()
        .flatMap(List::stream)
        .filter(object -> seen.add(object.getMetadata().getUid()))
        .toList();
  }

  /** What nothing else among these owns. */
  static List<GenericKubernetesResource> roots(List<GenericKubernetesResource> all) {
    Set<String> uids =
        all.stream().map(object -> object.getMetadata().getUid()).collect(Collectors.toSet());
    return all.stream()
        .filter(object ->
            object.getMetadata().getOwnerReferences().stream()
                .map(OwnerReference::getUid)
                .noneMatch(uids::contains))
        .toList();
  }

  /** Of a kind that we are known to have applied, not to be allowed to look is a failure. */
  private List<GenericKubernetesResource> ask(Listing listing, Extent told) {
    var owner = site.settings().owner();
    boolean ours = told.kinds().stream().anyMatch(kind -> kind.same(listing.kind().kind()));
    return ours
        ? listing.ask(site.cluster(), owner)
        : listing.askIfAllowed(site.cluster(), owner).orElse(List.of());
  }

  private boolean mayListEverything() {
    SelfSubjectAccessReview question =
        new SelfSubjectAccessReviewBuilder()
            .withNewSpec()
            .withNewResourceAttributes()
            .withVerb("list")
            .withGroup("*")
            .withResource("*")
            .endResourceAttributes()
            .endSpec()
            .build();
    try {
      var answer = site.cluster().client().resource(question).create();
      return Optional.ofNullable(answer.getStatus())
          .map(status -> Objects.requireNonNullElse(status.getAllowed(), false))
          .orElse(false);
    } catch (KubernetesClientException e) {
      return false;
    }
  }
}

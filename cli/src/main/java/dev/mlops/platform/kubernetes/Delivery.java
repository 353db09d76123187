package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.manifest.Marked;
import dev.mlops.platform.Desired;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A release as it goes to the cluster.
 *
 * @param objects in the order in which they are applied
 * @param leavers objects of ours that the manifests no longer have
 */
record Delivery(List<ObjectNode> objects, List<GenericKubernetesResource> leavers) {

  /** Reads only. */
  static Delivery of(Site site, Desired desired) {
    List<ObjectNode> objects = Order.of(Marked.of(site.settings().owner(), desired));
    Optional<Pause> pause = site.main().flatMap(Pause::of);
    if (pause.isPresent()) {
      objects.forEach(new Hold(site, site.deployments(), desired)::on);
      objects.forEach(new OtherWorkloads(site)::hold);
    }
    Inventory inventory = site.inventory();
    Extent extent = extent(site, objects);
    List<GenericKubernetesResource> found = inventory.find(extent);
    keep(desired, objects, extent.and(extent(found)));
    List<GenericKubernetesResource> leavers =
        found.stream()
            .filter(object -> object.getMetadata().getDeletionTimestamp() == null)
            .filter(object -> !object.getMetadata().getLabels().containsKey(JobManifest.LABEL))
            .filter(object -> !object.getMetadata().getLabels().containsKey(DeployerRole.LABEL))
            .filter(object -> !isHome(site, object))
            .filter(object -> objects.stream().noneMatch(o -> inventory.same(object, o)))
            .toList();
    return new Delivery(
        objects.stream().filter(object -> !Ledger.isWithheld(object)).toList(), leavers);
  }

  /** The environment's own namespace was never in the manifests: only a destroy removes it. */
  private static boolean isHome(Site site, GenericKubernetesResource object) {
    return object.getKind().equals("Namespace")
        && object.getMetadata().getName().equals(site.namespace());
  }

  List<ObjectNode> deployments() {
    return objects.stream()
        .filter(object -> object.path("kind").asText().equals("Deployment"))
        .toList();
  }

  private static void keep(Desired desired, List<ObjectNode> objects, Extent extent) {
    objects.stream()
        .filter(object -> Marked.runs(object, desired.release()))
        .forEach(object -> Ledger.write(object, desired.manifests(), extent));
  }

  private static Extent extent(Site site, List<ObjectNode> objects) {
    return Extent.of(
        objects.stream().map(Kind::of).collect(Collectors.toSet()),
        objects.stream()
            .map(object -> object.at("/metadata/namespace").asText(site.namespace()))
            .collect(Collectors.toSet()));
  }

  private static Extent extent(List<GenericKubernetesResource> found) {
    return Extent.of(
        found.stream().map(Kind::of).collect(Collectors.toSet()),
        found.stream()
            .map(object -> object.getMetadata().getNamespace())
            .filter(Objects::nonNull)
            .collect(Collectors.toSet()));
  }
}

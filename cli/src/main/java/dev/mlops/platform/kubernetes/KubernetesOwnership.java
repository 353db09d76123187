package dev.mlops.platform.kubernetes;

import dev.mlops.manifest.Owner;
import dev.mlops.platform.Ownership;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Objects of any kind with our labels, and the namespace if we made it and nothing of others is in
 * it.
 *
 * @param patience how long a removal may stand still
 */
record KubernetesOwnership(Site site, Duration patience) implements Ownership {
  /** A cloud may take minutes to take a load balancer down. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  /** What goes, and what of ours has to stay because something of others hangs on it. */
  private record Found(
      Discovery.Kinds kinds, List<GenericKubernetesResource> going, List<Owned> kept) {}

  @Override
  public List<Owned> owned() {
    return Estate.roots(look().going()).stream().map(KubernetesOwnership::owned).toList();
  }

  @Override
  public List<Owned> kept() {
    return look().kept();
  }

  /** Those whose namespace we made. */
  @Override
  public List<String> environments() {
    Map<String, String> labels = new TreeMap<>(site.settings().owner().labels());
    labels.keySet().removeAll(List.of(Owner.ENVIRONMENT, Owner.NAMESPACE));
    return site
        .ask(
            "list the namespaces",
            client -> client.namespaces().withLabels(labels).list().getItems())
        .stream()
        .flatMap(namespace ->
            Optional.ofNullable(namespace.getMetadata().getLabels().get(Owner.ENVIRONMENT))
                .stream())
        .sorted()
        .toList();
  }

  @Override
  public void remove(Consumer<String> progress) throws InterruptedException {
    var removal = new Removal(site, patience);
    for (Found found = look(); !found.going().isEmpty(); found = look()) {
      removal.run(found.kinds(), found.going(), progress);
    }
  }

  private Found look() {
    Discovery.Kinds kinds = site.cluster().discovery().everything();
    var owner = site.settings().owner();
    var foreign =
        new Foreign(
            site.cluster(),
            kinds,
            object -> owner.owns(object.getMetadata().getLabels(), Listing.place(object)));
    List<GenericKubernetesResource> going = new ArrayList<>();
    List<Owned> kept = new ArrayList<>();
    for (GenericKubernetesResource object : ours(kinds)) {
      List<String> reasons = foreign.within(object);
      if (reasons.isEmpty() || object.getMetadata().getDeletionTimestamp() != null) {
        going.add(object);
      } else {
        kept.add(
            new Owned(
                object.getKind(),
                object.getMetadata().getName(),
                "holds what mlops did not make: " + String.join(", ", reasons)));
      }
    }
    return new Found(kinds, going, kept);
  }

  /** The namespace can be asked for by name where namespaces can't be listed. */
  private List<GenericKubernetesResource> ours(Discovery.Kinds kinds) {
    List<GenericKubernetesResource> all = new Estate(site).all(kinds);
    boolean seen = all.stream().anyMatch(object -> isNamespace(object, site.namespace()));
    return seen ? all : Stream.concat(all.stream(), new Namespaces(site).ours().stream()).toList();
  }

  private static boolean isNamespace(HasMetadata object, String name) {
    return object.getKind().equals("Namespace") && object.getMetadata().getName().equals(name);
  }

  private static Owned owned(GenericKubernetesResource object) {
    Duration age =
        Duration.between(Instant.parse(object.getMetadata().getCreationTimestamp()), Instant.now());
    return new Owned(object.getKind(), object.getMetadata().getName(), text(age) + " old");
  }

  private static String text(Duration age) {
    if (age.toDays() > 0) {
      return age.toDays() + " d";
    }
    if (age.toHours() > 0) {
      return age.toHours() + " h";
    }
    return age.toMinutes() > 0 ? age.toMinutes() + " min" : Math.max(0, age.toSeconds()) + " s";
  }
}

package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Removes objects and waits until they are gone, with the pods and load balancers that hang on
 * them.
 *
 * @param patience how long nothing may go before what is stuck is named
 */
record Removal(Site site, Duration patience) {
  /** Set by Kubernetes for its own way of removing, and never what something is stuck on. */
  private static final Set<String> OF_REMOVAL = Set.of("foregroundDeletion", "orphan");

  /** What contains others goes after them. */
  private static final Set<String> CONTAINERS = Set.of("Namespace", "CustomResourceDefinition");

  /**
   * @throws dev.mlops.problem.MlopsException naming what is stuck, and on which finalizers
   */
  void run(Discovery.Kinds kinds, List<GenericKubernetesResource> all, Consumer<String> progress)
      throws InterruptedException {
    Map<Boolean, List<GenericKubernetesResource>> parts =
        all.stream()
            .collect(Collectors.partitioningBy(object -> CONTAINERS.contains(object.getKind())));
    remove(kinds, parts.get(false), progress);
    remove(kinds, parts.get(true), progress);
  }

  private void remove(
      Discovery.Kinds kinds, List<GenericKubernetesResource> all, Consumer<String> progress)
      throws InterruptedException {
    delete(all, progress);
    List<GenericKubernetesResource> left = new ArrayList<>(all);
    new Wait(patience)
        .until(
            () -> {
              List<GenericKubernetesResource> now = stillThere(kinds, left);
              left.clear();
              left.addAll(now);
              return left.isEmpty() ? "" : "waiting for " + titles(left);
            },
            progress,
            _ -> stuck(left));
  }

  /** The workloads, which tell what else there is, are the last to go. */
  private void delete(List<GenericKubernetesResource> all, Consumer<String> progress) {
    List<GenericKubernetesResource> roots = new ArrayList<>(Estate.roots(all));
    roots.sort(Comparator.comparing(object -> !Ledger.extent(List.of(object)).kinds().isEmpty()));
    for (GenericKubernetesResource object : roots) {
      if (object.getMetadata().getDeletionTimestamp() == null) {
        progress.accept("removing " + title(object));
        ApiProblems.doing(
            site.cluster(), "remove " + title(object), () -> deleteWithDependents(object));
      }
    }
  }

  private void deleteWithDependents(GenericKubernetesResource object) {
    new Resources(site.cluster())
        .of(object, site.namespace())
        .withPropagationPolicy(DeletionPropagation.FOREGROUND)
        .delete();
  }

  /** Asks only where there was something; where there are no namespaces, by name. */
  private List<GenericKubernetesResource> stillThere(
      Discovery.Kinds kinds, List<GenericKubernetesResource> before) {
    Set<String> uids =
        before.stream().map(object -> object.getMetadata().getUid()).collect(Collectors.toSet());
    Set<Listing> listings = new HashSet<>();
    List<GenericKubernetesResource> single = new ArrayList<>();
    for (GenericKubernetesResource object : before) {
      Optional<String> namespace = Optional.ofNullable(object.getMetadata().getNamespace());
      kinds.all().stream()
          .filter(kind -> kind.kind().equals(Kind.of(object)))
          .forEach(kind -> {
            if (namespace.isPresent()) {
              listings.add(new Listing(kind, namespace));
            } else {
              single.add(object);
            }
          });
    }
    var owner = site.settings().owner();
    Stream<GenericKubernetesResource> listed =
        Parallel.map(List.copyOf(listings), listing -> listing.ask(site.cluster(), owner)).stream()
            .flatMap(List::stream);
    Stream<GenericKubernetesResource> named =
        Parallel.map(single, this::again).stream().flatMap(Optional::stream);
    return Stream.concat(listed, named)
        .filter(object -> uids.contains(object.getMetadata().getUid()))
        .toList();
  }

  private Optional<GenericKubernetesResource> again(GenericKubernetesResource object) {
    return ApiProblems.asking(
        site.cluster(),
        "read " + title(object),
        () ->
            Optional.ofNullable(new Resources(site.cluster()).of(object, site.namespace()).get()));
  }

  private MlopsException stuck(List<GenericKubernetesResource> left) {
    return Code.KUBERNETES_STUCK.problem(
        "These objects do not go: " + titles(left),
        left.stream().flatMap(object -> reasons(object).stream()).collect(Collectors.joining("\n")),
        "Whoever set a finalizer has to take it off again; then run `mlops destroy` once more.");
  }

  private static String titles(List<GenericKubernetesResource> left) {
    return left.stream().map(Removal::title).sorted().collect(Collectors.joining(", "));
  }

  private static List<String> reasons(GenericKubernetesResource object) {
    List<String> reasons = new ArrayList<>();
    finalizers(object)
        .filter(name -> !OF_REMOVAL.contains(name))
        .forEach(name -> reasons.add(title(object) + " has the finalizer " + name));
    if (object.getKind().equals("Namespace")) {
      conditions(object).forEach(line -> reasons.add(title(object) + ": " + line));
    }
    return reasons;
  }

  /** What Kubernetes says of a namespace that does not go. */
  private static Stream<String> conditions(GenericKubernetesResource namespace) {
    return Applier.tree(namespace)
        .at("/status/conditions")
        .valueStream()
        .filter(condition -> condition.path("status").asText().equals("True"))
        .map(condition -> condition.path("message").asText());
  }

  private static Stream<String> finalizers(HasMetadata object) {
    return Objects.requireNonNullElse(object.getMetadata().getFinalizers(), List.<String>of())
        .stream();
  }

  static String title(JsonNode object) {
    return object.path("kind").asText() + " " + object.at("/metadata/name").asText();
  }

  static String title(HasMetadata object) {
    return object.getKind() + " " + object.getMetadata().getName();
  }
}

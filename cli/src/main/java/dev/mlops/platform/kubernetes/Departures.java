package dev.mlops.platform.kubernetes;

import dev.mlops.manifest.Marked;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What becomes of objects of ours that have left the manifests: they are removed, but for those
 * that hold data, or other objects that stay. These are noted once, and wait for a destroy.
 */
record Departures(Site site, List<GenericKubernetesResource> leavers) {
  /** On what stays: the release that was the last to have it. */
  static final String LEFT = Ledger.PREFIX + "left";

  private static final Set<String> WITH_DATA = Set.of("PersistentVolumeClaim", "PersistentVolume");
  private static final Set<String> CONTAINERS = Set.of("Namespace", "CustomResourceDefinition");
  private static final int MOST = 5;

  /** One line for each that an apply would remove, or leave from now on; reads only. */
  List<String> lines() {
    return leavers.stream().flatMap(leaver -> line(leaver).stream()).toList();
  }

  void prune(Consumer<String> progress) {
    // Known of all before the first goes: what that one owned may outlive it for a moment.
    List<Departure> all =
        leavers.stream()
            .sorted(Comparator.comparing(leaver -> CONTAINERS.contains(leaver.getKind())))
            .map(leaver -> new Departure(leaver, reason(leaver)))
            .toList();
    all.forEach(departure -> prune(departure, progress));
  }

  /**
   * @param reason why it has to stay
   */
  private record Departure(GenericKubernetesResource object, Optional<String> reason) {}

  private Optional<String> line(GenericKubernetesResource leaver) {
    Optional<String> reason = reason(leaver);
    if (reason.isEmpty()) {
      return Optional.of(Removal.title(leaver) + ": removed");
    }
    return isTold(leaver)
        ? Optional.empty()
        : Optional.of(
            Removal.title(leaver) + ": stays, though it has left the manifests: " + reason.get());
  }

  private void prune(Departure departure, Consumer<String> progress) {
    GenericKubernetesResource leaver = departure.object();
    String title = Removal.title(leaver);
    Optional<String> reason = departure.reason();
    if (reason.isEmpty()) {
      progress.accept("removing " + title + ", which has left the manifests");
      ApiProblems.doing(
          site.cluster(), "remove " + title, () -> resources().of(leaver, here()).delete());
    } else if (!isTold(leaver)) {
      progress.accept("leaving " + title + ", which has left the manifests: " + reason.get());
      ApiProblems.doing(site.cluster(), "annotate " + title, () -> note(leaver));
    }
  }

  /** Why it has to stay; asks only for what may contain others. */
  private Optional<String> reason(GenericKubernetesResource leaver) {
    if (WITH_DATA.contains(leaver.getKind())) {
      return Optional.of("its data would go with it; only `mlops destroy` removes it");
    }
    if (!CONTAINERS.contains(leaver.getKind())) {
      return Optional.empty();
    }
    Set<String> uids =
        leavers.stream()
            .filter(other -> !WITH_DATA.contains(other.getKind()))
            .map(other -> other.getMetadata().getUid())
            .collect(Collectors.toSet());
    List<String> holds =
        new Foreign(
                site.cluster(),
                site.cluster().discovery().everything(),
                object ->
                    uids.contains(object.getMetadata().getUid())
                        || object.getMetadata().getDeletionTimestamp() != null)
            .within(leaver);
    return Optional.of(holds).filter(list -> !list.isEmpty()).map(list -> "it holds " + some(list));
  }

  private static String some(List<String> all) {
    return all.size() <= MOST
        ? String.join(", ", all)
        : String.join(", ", all.subList(0, MOST)) + " and " + (all.size() - MOST) + " more";
  }

  private static boolean isTold(GenericKubernetesResource leaver) {
    return last(leaver).equals(annotations(leaver).get(LEFT));
  }

  private void note(GenericKubernetesResource leaver) {
    String patch = PowerPatch.annotation(LEFT, last(leaver)).toString();
    resources().of(leaver, here()).patch(PowerPatch.context(), patch);
  }

  private static String last(GenericKubernetesResource leaver) {
    return Objects.requireNonNullElse(leaver.getMetadata().getLabels().get(Marked.RELEASE), "");
  }

  private static Map<String, String> annotations(GenericKubernetesResource leaver) {
    return Objects.requireNonNullElse(leaver.getMetadata().getAnnotations(), Map.of());
  }

  private Resources resources() {
    return new Resources(site.cluster());
  }

  private String here() {
    return site.namespace();
  }
}

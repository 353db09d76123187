package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Desired;
import dev.mlops.platform.Release;
import dev.mlops.platform.Releases;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Deployment's releases. Kubernetes copies the Deployment's annotations to the ReplicaSet of the
 * template that they came with, and keeps {@code revisionHistoryLimit} of those.
 */
record History(Site site) implements Releases {
  /**
   * The revision that came up last. A ReplicaSet whose own revision it names did so; one that was
   * made later has it only as a copy.
   */
  static final String STOOD = "mlops.dev/stood";

  @Override
  public List<Revision> list() {
    return site.main().stream().flatMap(this::revisions).toList();
  }

  /** What to go back to if the next release fails: the last that came up. */
  Optional<Desired> former() {
    Optional<Deployment> main = site.main();
    Optional<Desired> applied = main.flatMap(History::desired);
    return main.filter(History::isUp).isPresent()
        ? applied
        : main.stream()
            .flatMap(this::revisions)
            .filter(revision -> revision.state() == State.GOOD)
            .findFirst()
            .flatMap(Revision::desired);
  }

  /** Whether the newest template is known to have come up, at whatever time. */
  static boolean isUp(Deployment deployment) {
    return hasStood(deployment)
        || Pause.of(deployment).isPresent()
        || Rollout.isComplete(deployment);
  }

  static boolean hasStood(HasMetadata object) {
    int revision = Scene.revision(object);
    return revision > 0 && Integer.toString(revision).equals(annotations(object).get(STOOD));
  }

  private Stream<Revision> revisions(Deployment deployment) {
    List<ReplicaSet> sets =
        new Scene(deployment, SceneWatch.replicaSets(site, deployment), List.of(), List.of())
            .replicaSets();
    int current = Scene.revision(deployment);
    return sets.stream()
        .flatMap(set ->
            // The Deployment itself may know more: changes that need no other pods.
            (Scene.revision(set) == current
                    ? revision(deployment, current, State.CURRENT)
                    : revision(set, Scene.revision(set), state(set)))
                .stream());
  }

  private static State state(ReplicaSet set) {
    boolean serves =
        set.getStatus() != null
            && Objects.requireNonNullElse(set.getStatus().getAvailableReplicas(), 0) > 0;
    return hasStood(set) || serves ? State.GOOD : State.UNPROVEN;
  }

  private static Optional<Revision> revision(HasMetadata object, int number, State state) {
    return ReleaseReader.of(object)
        .map(release ->
            new Revision(
                number,
                release,
                since(object),
                annotations(object).getOrDefault(Ledger.DEPLOYED_BY, ""),
                state,
                desired(object)));
  }

  /** With what a Deployment was applied last. */
  static Optional<Desired> applied(Deployment deployment) {
    return desired(deployment);
  }

  private static Optional<Desired> desired(HasMetadata object) {
    Optional<Release> release = ReleaseReader.of(object);
    return Ledger.applied(annotations(object))
        .flatMap(manifests -> release.map(r -> new Desired(r, manifests)));
  }

  private static Optional<Instant> since(HasMetadata object) {
    String kept = annotations(object).get(Ledger.DEPLOYED_AT);
    try {
      return Optional.of(
          Instant.parse(kept == null ? object.getMetadata().getCreationTimestamp() : kept));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Map<String, String> annotations(HasMetadata object) {
    return Objects.requireNonNullElse(object.getMetadata().getAnnotations(), Map.of());
  }
}

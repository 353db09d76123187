package dev.mlops.platform.kubernetes;

import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The Deployment that runs the release and its pods, as they were at one moment, for several
 * checks; a fault is certain once it has lasted for as long as its kind may take to heal.
 */
final class Ward {
  /** After this long nothing is only a slow start any more. */
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final Site site;
  private final Lazy<Optional<Scene>> scene;

  Ward(Site site) {
    this.site = site;
    this.scene =
        new Lazy<>(
            () -> site.main().map(main -> SceneWatch.look(site, main.getMetadata().getName())));
  }

  /** Empty if nothing is deployed. */
  Optional<Scene> scene() {
    return scene.get();
  }

  boolean isPaused() {
    return scene().filter(now -> Pause.of(now.deployment()).isPresent()).isPresent();
  }

  /**
   * @throws MlopsException with the first certain fault of these kinds
   * @return one that may still heal
   */
  Optional<Fault> fault(Predicate<Code> kinds) {
    List<Fault> faults =
        scene().stream()
            .flatMap(now -> Diagnosis.of(now).stream())
            .filter(fault -> kinds.test(fault.code()))
            .toList();
    Optional<Fault> certain = faults.stream().filter(this::isCertain).findFirst();
    if (certain.isPresent()) {
      throw new Evidence(site).problem(certain.get(), scene().orElseThrow());
    }
    return faults.stream().findFirst();
  }

  private boolean isCertain(Fault fault) {
    Duration patience = fault.patience().compareTo(LONGEST) < 0 ? fault.patience() : LONGEST;
    return since(fault.subject()).plus(patience).isBefore(Instant.now());
  }

  private Instant since(String subject) {
    Scene now = scene().orElseThrow();
    Stream<String> pods =
        now.pods().stream()
            .filter(pod -> isNamed(pod, subject))
            .map(pod ->
                pod.getStatus().getConditions().stream()
                    .filter(condition -> condition.getType().equals("Ready"))
                    .map(condition -> condition.getLastTransitionTime())
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(pod.getMetadata().getCreationTimestamp()));
    Stream<String> sets =
        now.replicaSets().stream()
            .filter(set -> isNamed(set, subject))
            .flatMap(set -> set.getStatus().getConditions().stream())
            .map(condition -> condition.getLastTransitionTime());
    return Stream.concat(pods, sets)
        .filter(Objects::nonNull)
        .map(Instant::parse)
        .findFirst()
        .orElse(Instant.EPOCH);
  }

  private static boolean isNamed(HasMetadata object, String name) {
    return object.getMetadata().getName().equals(name);
  }
}

package dev.mlops.platform.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Kubernetes' warnings about what runs, without those of troubles that are over: it keeps them all
 * for an hour, and every start leaves some.
 */
final class Warnings {
  private static final int MOST = 5;

  private Warnings() {}

  /**
   * The newest first, each once.
   *
   * @param troubled objects beside the Deployment's own that are not well now
   */
  static List<dev.mlops.platform.Event> of(Scene scene, List<? extends HasMetadata> troubled) {
    Map<String, dev.mlops.platform.Event> byWords = new LinkedHashMap<>();
    scene.events().stream()
        .filter(event -> Objects.equals(event.getType(), "Warning"))
        .filter(event -> matters(event, scene, troubled))
        .map(Warnings::told)
        .sorted(Comparator.comparing(dev.mlops.platform.Event::at).reversed())
        .forEach(event -> byWords.merge(words(event), event, Warnings::both));
    return byWords.values().stream().limit(MOST).toList();
  }

  private static boolean matters(Event event, Scene scene, List<? extends HasMetadata> troubled) {
    return switch (event.getInvolvedObject().getKind()) {
      case "Pod" ->
          scene.pods().stream().anyMatch(pod -> isAbout(event, pod) && isOpen(event, pod));
      case "Deployment" -> isAbout(event, scene.deployment());
      case "ReplicaSet" ->
          !Rollout.isComplete(scene.deployment())
              && scene.newest().stream().anyMatch(set -> isAbout(event, set));
      default -> troubled.stream().anyMatch(object -> isAbout(event, object));
    };
  }

  /** A pod that has become ready since has got over it; one that goes will take it with it. */
  private static boolean isOpen(Event event, Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() == null
        && (!PodState.isReady(pod) || readySince(pod).stream().anyMatch(at(event)::isAfter));
  }

  private static Optional<Instant> readySince(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .filter(condition -> condition.getType().equals("Ready"))
        .map(PodCondition::getLastTransitionTime)
        .filter(Objects::nonNull)
        .map(Instant::parse)
        .findFirst();
  }

  private static boolean isAbout(Event event, HasMetadata object) {
    var about = event.getInvolvedObject();
    return about.getKind().equals(object.getKind())
        && about.getName().equals(object.getMetadata().getName())
        && (about.getUid() == null || about.getUid().equals(object.getMetadata().getUid()));
  }

  private static dev.mlops.platform.Event told(Event event) {
    return new dev.mlops.platform.Event(
        at(event),
        event.getInvolvedObject().getKind() + " " + event.getInvolvedObject().getName(),
        Objects.requireNonNullElse(event.getReason(), ""),
        Objects.requireNonNullElse(event.getMessage(), "").strip(),
        Objects.requireNonNullElse(event.getCount(), 1));
  }

  /** The same of several replicas is one thing to know. */
  private static String words(dev.mlops.platform.Event event) {
    String name = event.subject().substring(event.subject().indexOf(' ') + 1);
    return event.reason() + " " + event.message().replace(name, "").replaceAll("\\d+", "#");
  }

  private static dev.mlops.platform.Event both(
      dev.mlops.platform.Event newer, dev.mlops.platform.Event older) {
    return new dev.mlops.platform.Event(
        newer.at(),
        newer.subject(),
        newer.reason(),
        newer.message(),
        newer.count() + older.count());
  }

  private static Instant at(Event event) {
    return Stream.of(
            event.getLastTimestamp(),
            event.getEventTime() == null ? null : event.getEventTime().getTime(),
            event.getMetadata().getCreationTimestamp())
        .filter(Objects::nonNull)
        .map(Instant::parse)
        .findFirst()
        .orElse(Instant.EPOCH);
  }
}

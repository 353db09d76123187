package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.manifest.Owner;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A Job can't be changed in what it runs, so each release has a Job of its own: one that has ended
 * makes way for the next of its name.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/controllers/job/">Job</a>
 */
record Succession(Applier applier, Owner owner) {
  private static final Kind JOB = new Kind("batch/v1", "Job");
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(200);

  static boolean concerns(ObjectNode object) {
    return isJob(Kind.of(object));
  }

  static boolean isJob(Kind kind) {
    return kind.same(JOB);
  }

  /**
   * The object as it would be after an apply.
   *
   * @return empty if it is a Job of ours that has ended, and is replaced
   * @throws MlopsException if it is one that still runs, or the server refuses it for other reasons
   */
  Optional<ObjectNode> dryRun(ObjectNode wanted, ObjectNode live) {
    try {
      return Optional.of(applier.dryRun(wanted));
    } catch (MlopsException e) {
      if (e.problem().code() != Code.KUBERNETES_IMMUTABLE || !concerns(wanted) || !isOurs(live)) {
        throw e;
      }
      if (!hasEnded(live)) {
        throw running(wanted);
      }
      return Optional.empty();
    }
  }

  /** Whether the server does not let the one that is there become this one. */
  boolean isFixed(ObjectNode wanted) {
    Optional<ObjectNode> live = applier.live(wanted);
    try {
      return live.isPresent() && dryRun(wanted, live.get()).isEmpty();
    } catch (MlopsException e) {
      if (e.problem().code() == Code.KUBERNETES_JOB_RUNS) {
        return true;
      }
      throw e;
    }
  }

  /** Before anything is applied. */
  void check(List<ObjectNode> objects) {
    objects.stream()
        .filter(Succession::concerns)
        .forEach(wanted -> applier.live(wanted).ifPresent(live -> dryRun(wanted, live)));
  }

  /** Removes the one that is there, if it has to be. */
  void makeWay(ObjectNode wanted, Consumer<String> progress) throws InterruptedException {
    Optional<ObjectNode> live = applier.live(wanted);
    if (live.isPresent() && dryRun(wanted, live.get()).isEmpty()) {
      progress.accept("replacing " + Removal.title(wanted) + ", which has ended");
      remove(live.get());
    }
  }

  private void remove(ObjectNode job) throws InterruptedException {
    GenericKubernetesResource object = Applier.generic(job);
    ApiProblems.doing(
        applier.cluster(),
        "remove " + Removal.title(job),
        () ->
            new Resources(applier.cluster())
                .of(object, applier.namespace())
                .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                .delete());
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (applier.live(job).filter(now -> isSame(job, now)).isPresent()
        && System.nanoTime() < deadline) {
      Thread.sleep(LOOK);
    }
  }

  private static boolean isSame(ObjectNode one, ObjectNode other) {
    return one.at("/metadata/uid").equals(other.at("/metadata/uid"));
  }

  private boolean isOurs(ObjectNode live) {
    Map<String, String> labels =
        live.at("/metadata/labels").properties().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, label -> label.getValue().asText()));
    return owner.owns(labels, live.at("/metadata/namespace").asText());
  }

  /** Or has not begun, and won't by itself. */
  private static boolean hasEnded(ObjectNode job) {
    boolean held = job.at("/spec/suspend").asBoolean() && job.at("/status/active").asInt() == 0;
    return held
        || job.at("/status/conditions")
            .valueStream()
            .filter(condition -> condition.path("status").asText().equals("True"))
            .map(condition -> condition.path("type").asText())
            .anyMatch(type -> type.equals("Complete") || type.equals("Failed"));
  }

  private MlopsException running(ObjectNode wanted) {
    String name = wanted.at("/metadata/name").asText();
    return Code.KUBERNETES_JOB_RUNS.problem(
        Removal.title(wanted) + " still runs",
        "This release has another Job of that name, and what a Job runs can't be changed. Nothing"
            + " was applied.",
        "Wait until it has ended, and run this again; or end it: "
            + applier.kubectl(wanted)
            + " delete job "
            + name);
  }
}

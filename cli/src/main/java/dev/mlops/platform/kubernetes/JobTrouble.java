package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Jobs;
import dev.mlops.problem.Code;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Sees why a Job has failed or can't start. */
final class JobTrouble {
  /** What a kubelet does not get over by itself. */
  private static final Set<String> HOPELESS =
      Set.of(
          "ImagePullBackOff",
          "ErrImageNeverPull",
          "InvalidImageName",
          "CreateContainerConfigError",
          "CreateContainerError",
          "RunContainerError");

  /** By which a cluster says that it adds a node. */
  private static final Set<String> NODE_COMES = Set.of("TriggeredScaleUp", "Nominated");

  /** For which no node can make up. */
  private static final String NO_CLAIM = "persistentvolumeclaim \"";

  private static final Duration FOR_ROOM = Duration.ofSeconds(30);

  private final Site site;
  private final Jobs.Spec job;
  private final Consumer<String> progress;
  private String told = "";

  JobTrouble(Site site, Jobs.Spec job, Consumer<String> progress) {
    this.site = site;
    this.job = job;
    this.progress = progress;
  }

  /**
   * @param last what was written last
   * @throws dev.mlops.problem.MlopsException if there is no hope
   */
  void check(Job now, List<Pod> pods, List<String> last) {
    JobState.failure(now).ifPresent(failure -> failed(failure, pods, last));
    if (job.apart()) {
      // The Job itself fails once all copies have ended.
      pods.stream()
          .filter(pod -> pod.getStatus().getPhase().equals("Failed"))
          .flatMap(pod -> PodEnd.of(pod).stream())
          .findFirst()
          .ifPresent(how -> lost(how, last));
    }
    if (pods.size() < job.copies()) {
      event("Job", job.name(), Set.of("FailedCreate"))
          .ifPresent(event -> blocked("no pod may be made", event.getMessage()));
    }
    for (Pod pod : pods) {
      PodState.waiting(pod)
          .filter(waiting -> HOPELESS.contains(waiting.getReason()))
          .findFirst()
          .ifPresent(waiting -> blocked(waiting.getReason(), message(pod, waiting)));
      unschedulable(pod).ifPresent(condition -> checkRoom(pod, condition));
    }
  }

  private void checkRoom(Pod pod, PodCondition condition) {
    String name = pod.getMetadata().getName();
    Instant since = Instant.parse(condition.getLastTransitionTime());
    boolean isHopeless =
        condition.getMessage().contains(NO_CLAIM) || since.plus(FOR_ROOM).isBefore(Instant.now());
    if (isHopeless && event("Pod", name, NODE_COMES).isEmpty()) {
      blocked("no node has room for it", condition.getMessage());
    }
    String line = "waiting for a node: " + condition.getMessage();
    if (!line.equals(told)) {
      progress.accept(line);
      told = line;
    }
  }

  private void failed(JobCondition failure, List<Pod> pods, List<String> last) {
    String how =
        "DeadlineExceeded".equals(failure.getReason())
            ? "It took longer than the " + job.room().longest().toSeconds() + " s that it may take."
            : pods.stream()
                .flatMap(PodState::containers)
                .map(container -> container.getState().getTerminated())
                .filter(Objects::nonNull)
                .filter(end -> end.getExitCode() != 0)
                .map(this::sentence)
                .findFirst()
                .orElse(failure.getMessage());
    throw Code.JOB_FAILED.problem(
        "Job " + job.name() + " failed",
        how,
        last.isEmpty() ? "Run the command again." : "Look at its last words below.",
        new IOException(String.join("\n", last)));
  }

  private void lost(String how, List<String> last) {
    throw Code.JOB_FAILED.problem(
        "A copy of Job " + job.name() + " has ended: " + how,
        "",
        "Look at its last words below.",
        new IOException(String.join("\n", last)));
  }

  private String sentence(ContainerStateTerminated end) {
    return "OOMKilled".equals(end.getReason())
        ? "It ran out of memory: its limit is " + job.room().limits().get("memory") + "."
        : "It ended with exit code " + end.getExitCode() + ".";
  }

  private void blocked(String what, String why) {
    throw Code.JOB_BLOCKED.problem(
        "Job " + job.name() + " can't start: " + what,
        Objects.requireNonNullElse(why, ""),
        site.byHand("describe pods -l " + JobManifest.LABEL));
  }

  /** While a kubelet backs off, it says no more than that; what failed stands in an event. */
  private String message(Pod pod, ContainerStateWaiting waiting) {
    return event("Pod", pod.getMetadata().getName(), Set.of("Failed"))
        .map(Event::getMessage)
        .orElse(waiting.getMessage());
  }

  private static Optional<PodCondition> unschedulable(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .filter(condition -> "Unschedulable".equals(condition.getReason()))
        .findFirst();
  }

  private Optional<Event> event(String kind, String name, Set<String> reasons) {
    return site
        .ask(
            "list events",
            client ->
                client
                    .v1()
                    .events()
                    .inNamespace(site.namespace())
                    .withField("involvedObject.kind", kind)
                    .withField("involvedObject.name", name)
                    .list()
                    .getItems())
        .stream()
        .filter(event -> reasons.contains(event.getReason()))
        .findFirst();
  }
}

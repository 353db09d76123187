package dev.mlops.platform.kubernetes;

import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A pod that is sent into the cluster for a short while, to see from there what the release's pods
 * will see. Its image is pulled afresh, and it looks a name up if it can.
 */
final class Envoy {
  /** What came back. */
  sealed interface Report {
    /** The image was pulled; what its container did then, if it could be started. */
    record Pulled(Optional<Integer> exitCode, String words) implements Report {}

    /** It was not sent. */
    record NotSent(String why) implements Report {}
  }

  private static final Duration LOOK = Duration.ofMillis(300);
  private static final Duration LONGEST = Duration.ofSeconds(EnvoyManifest.LONGEST_SECONDS);

  private final Site site;
  private final EnvoyManifest manifest;

  Envoy(Site site, EnvoyManifest manifest) {
    this.site = site;
    this.manifest = manifest;
  }

  /**
   * Sends it, waits for its end, and removes it.
   *
   * @throws MlopsException with what keeps it from running, in the codes of a rollout
   */
  Report send() {
    Pod pod = manifest.build();
    try {
      site.cluster().client().resource(pod).delete(); // one that a killed command left
      awaitGone(pod);
      site.cluster().client().resource(pod).create();
    } catch (KubernetesClientException e) {
      return refused(e);
    }
    try {
      return await(pod);
    } finally {
      remove(pod);
    }
  }

  /** What keeps one more pod out need not keep the release's out: that is told by themselves. */
  private Report refused(KubernetesClientException e) {
    if (e.getCode() != 403) {
      throw ApiProblems.of(site.cluster(), "make a pod", e);
    }
    String why = ApiProblems.reason(e);
    return new Report.NotSent(
        why.contains("cannot ") // access control's own word
            ? "we may not make pods"
            : "the cluster takes no pod to look: " + why);
  }

  private Report await(Pod sent) {
    var patience = new Patience(InstantSource.system());
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (true) {
      Pod pod = read(sent).orElseThrow(this::gone);
      Optional<Report> report = report(pod);
      if (report.isPresent()) {
        return report.get();
      }
      if (pod.getStatus().getConditions().stream().anyMatch(SchedulingFaults::isUnschedulable)) {
        return new Report.NotSent("no node has room for one more pod");
      }
      boolean late = System.nanoTime() > deadline;
      List<Fault> faults = faults(pod);
      patience
          .exhausted(faults)
          .or(() -> faults.stream().findFirst().filter(_ -> late))
          .ifPresent(fault -> {
            throw fault.problem(List.of());
          });
      if (late) {
        throw Code.KUBERNETES_ROLLOUT.problem(
            "A pod of the image did not run within " + LONGEST.toSeconds() + " s",
            "It was last " + PodState.replica(pod).state() + ".",
            site.byHand("get events"));
      }
      sleep();
    }
  }

  private static List<Fault> faults(Pod pod) {
    var alone = new Scene(new Deployment(), List.of(), List.of(pod), List.of());
    return Stream.concat(ImageFaults.of(pod), ContainerFaults.of(pod, alone)).toList();
  }

  /** A container that can't be started has its image all the same. */
  private Optional<Report> report(Pod pod) {
    Optional<ContainerStateTerminated> end =
        PodState.containers(pod)
            .map(container -> container.getState().getTerminated())
            .filter(Objects::nonNull)
            .findFirst();
    boolean started = end.isPresent() && !Objects.equals(end.get().getReason(), "StartError");
    return end.map(e ->
        started
            ? new Report.Pulled(Optional.of(e.getExitCode()), log(pod))
            : new Report.Pulled(Optional.empty(), ""));
  }

  private String log(Pod pod) {
    try {
      return site.cluster()
          .client()
          .pods()
          .inNamespace(site.namespace())
          .withName(pod.getMetadata().getName())
          .getLog()
          .strip();
    } catch (KubernetesClientException e) {
      return "";
    }
  }

  private Optional<Pod> read(Pod pod) {
    return site.ask(
        "read pod " + pod.getMetadata().getName(),
        client -> Optional.ofNullable(client.resource(pod).get()));
  }

  private void awaitGone(Pod pod) {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (read(pod).isPresent() && System.nanoTime() < deadline) {
      sleep();
    }
  }

  /** Also where the thread was interrupted; if it fails, the pod ends by its own deadline. */
  private void remove(Pod pod) {
    boolean interrupted = Thread.interrupted();
    try {
      site.cluster().client().resource(pod).withGracePeriod(0).delete();
    } catch (KubernetesClientException e) {
      System.getLogger("mlops").log(System.Logger.Level.DEBUG, "A pod was not removed", e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private MlopsException gone() {
    return Code.KUBERNETES_ROLLOUT.problem(
        "The pod that looks from inside the cluster is gone",
        "Somebody else removed it.",
        "mlops doctor");
  }

  private static void sleep() {
    try {
      Thread.sleep(LOOK);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Code.INTERRUPTED.problem("Interrupted", "", "mlops doctor", e);
    }
  }
}

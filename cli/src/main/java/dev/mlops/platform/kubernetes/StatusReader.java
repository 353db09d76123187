package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Event;
import dev.mlops.platform.Status;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What runs, as the cluster says. */
record StatusReader(Site site) {

  Status read() {
    return site.main().map(this::of).orElse(Status.NOTHING);
  }

  private Status of(Deployment deployment) {
    List<Pod> pods = site.pods(deployment);
    Optional<Pause> pause = Pause.of(deployment);
    int desired = pause.map(Pause::replicas).orElse(desired(deployment));
    int ready = (int) pods.stream().filter(PodState::serves).count();
    Optional<HorizontalPodAutoscaler> autoscaler = new Autoscalers(site).of(deployment);
    List<WayIn> ways = new Addresses(site).ways(deployment);
    Optional<URI> address = ways.stream().flatMap(way -> way.address().stream()).findFirst();
    List<String> notes = notes(deployment, pods, pause.isPresent() ? Optional.empty() : autoscaler);
    notes.addAll(new FailedJobs(site).notes(deployment));
    if (!ways.isEmpty() && address.isEmpty()) {
      notes.add(AddressWait.note(ways));
    }
    return new Status(
        state(deployment, pause, pods),
        address,
        ReleaseReader.of(deployment),
        new Status.Replicas(desired, ready, pods.stream().map(PodState::replica).toList()),
        autoscaler.map(Autoscalers::status),
        pause.map(Pause::since).or(() -> since(deployment)),
        notes);
  }

  List<Event> events() {
    return site.main().map(this::events).orElse(List.of());
  }

  private List<Event> events(Deployment deployment) {
    Stream<HasMetadata> services =
        new Addresses(site).of(deployment).isPresent()
            ? Stream.empty()
            : new Addresses(site).services(deployment).stream().map(service -> service);
    Stream<HasMetadata> autoscaler =
        new Autoscalers(site)
            .of(deployment).stream()
                .filter(a -> AutoscalerNotes.of(a).findAny().isPresent())
                .map(a -> a);
    return Warnings.of(
        SceneWatch.look(site, deployment.getMetadata().getName()),
        Stream.concat(services, autoscaler).toList());
  }

  static int desired(Deployment deployment) {
    return Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 1);
  }

  private static Status.State state(Deployment deployment, Optional<Pause> pause, List<Pod> pods) {
    if (pause.isPresent()) {
      return pods.stream().allMatch(PodState::isLeftOver)
          ? Status.State.PAUSED
          : Status.State.DEGRADED;
    }
    return Rollout.isComplete(deployment) ? Status.State.RUNNING : Status.State.DEGRADED;
  }

  private static Optional<Instant> since(Deployment deployment) {
    return conditions(deployment).stream()
        .filter(condition -> condition.getType().equals("Available"))
        .map(DeploymentCondition::getLastTransitionTime)
        .map(Instant::parse)
        .findFirst();
  }

  static List<DeploymentCondition> conditions(Deployment deployment) {
    return deployment.getStatus() == null ? List.of() : deployment.getStatus().getConditions();
  }

  private static List<String> notes(
      Deployment deployment, List<Pod> pods, Optional<HorizontalPodAutoscaler> autoscaler) {
    List<String> notes = new ArrayList<>();
    for (Pod pod : pods) {
      PodState.waiting(pod)
          .filter(waiting -> waiting.getMessage() != null)
          .forEach(waiting ->
              notes.add(
                  pod.getMetadata().getName()
                      + ": "
                      + waiting.getReason()
                      + ", "
                      + waiting.getMessage()));
    }
    conditions(deployment).stream()
        .filter(condition -> condition.getType().equals("ReplicaFailure"))
        .forEach(condition -> notes.add(condition.getMessage()));
    autoscaler.stream().flatMap(AutoscalerNotes::of).forEach(notes::add);
    return notes;
  }
}

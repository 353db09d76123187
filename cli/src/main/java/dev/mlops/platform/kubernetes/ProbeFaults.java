package dev.mlops.platform.kubernetes;

import dev.mlops.problem.Code;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Probes that get no good answer. */
final class ProbeFaults {
  /** Such as {@code Readiness probe failed: HTTP probe failed with statuscode: 404}. */
  private static final Pattern FAILED =
      Pattern.compile(
          "(Startup|Readiness|Liveness) probe (?:failed|errored)[^:]*: (.*)", Pattern.DOTALL);

  private static final Pattern IN_CONTAINER = Pattern.compile("spec\\.\\w+\\{(.+)}");

  /** The service answers, but not so: it does not know the path. */
  private static final Pattern WRONG_PATH = Pattern.compile("statuscode: 4\\d\\d");

  private static final Duration WRONG_PATH_PATIENCE = Duration.ofSeconds(10);

  private ProbeFaults() {}

  /** Of a pod whose containers run. */
  static Stream<Fault> of(Pod pod, Scene scene) {
    return PodState.containers(pod)
        .filter(container -> container.getState().getRunning() != null)
        .filter(container -> !Boolean.TRUE.equals(container.getReady()))
        .flatMap(container -> latest(pod, scene, container.getName()).stream())
        .map(failure -> fault(pod, failure, patience(failure)));
  }

  /** A container that the kubelet ended, because its startup or liveness probe failed. */
  static Optional<Fault> killed(Pod pod, Scene scene, String container, Duration patience) {
    boolean byProbe =
        scene
            .events(pod)
            .filter(event -> "Killing".equals(event.getReason()))
            .map(Event::getMessage)
            .anyMatch(message ->
                message.startsWith("Container " + container + " failed ")
                    && message.contains(" probe"));
    return byProbe
        ? latest(pod, scene, container).map(failure -> fault(pod, failure, patience))
        : Optional.empty();
  }

  private record Failure(Container container, String kind, String words) {}

  private static Optional<Failure> latest(Pod pod, Scene scene, String container) {
    return scene
        .events(pod)
        .filter(event -> "Unhealthy".equals(event.getReason()))
        .filter(event -> container.equals(container(event)))
        .max(Comparator.comparing(ProbeFaults::time))
        .flatMap(event -> failure(pod, container, event.getMessage()));
  }

  private static Optional<Failure> failure(Pod pod, String container, String message) {
    Matcher matcher = FAILED.matcher(message);
    return matcher.matches()
        ? pod.getSpec().getContainers().stream()
            .filter(c -> c.getName().equals(container))
            .map(c -> new Failure(c, matcher.group(1), matcher.group(2).strip()))
            .findFirst()
        : Optional.empty();
  }

  private static Fault fault(Pod pod, Failure failure, Duration patience) {
    String name = pod.getMetadata().getName();
    return new Fault(
        Code.KUBERNETES_PROBE,
        name,
        failure.container().getName(),
        "The "
            + failure.kind().toLowerCase(Locale.ROOT)
            + " probe of pod "
            + name
            + " fails: "
            + asked(failure),
        failure.words(),
        "mlops logs --replica " + name,
        patience);
  }

  private static Duration patience(Failure failure) {
    return WRONG_PATH.matcher(failure.words()).find() ? WRONG_PATH_PATIENCE : Fault.UNTIL_DEADLINE;
  }

  private static String asked(Failure failure) {
    Container container = failure.container();
    Probe probe =
        switch (failure.kind()) {
          case "Startup" -> container.getStartupProbe();
          case "Readiness" -> container.getReadinessProbe();
          default -> container.getLivenessProbe();
        };
    if (probe == null) {
      return "it has changed since";
    }
    if (probe.getHttpGet() != null) {
      return "GET "
          + Objects.requireNonNullElse(probe.getHttpGet().getPath(), "/")
          + " on port "
          + probe.getHttpGet().getPort().getValue();
    }
    if (probe.getTcpSocket() != null) {
      return "TCP port " + probe.getTcpSocket().getPort().getValue();
    }
    return probe.getExec() == null ? "gRPC" : String.join(" ", probe.getExec().getCommand());
  }

  private static String container(Event event) {
    String path = Objects.requireNonNullElse(event.getInvolvedObject().getFieldPath(), "");
    Matcher matcher = IN_CONTAINER.matcher(path);
    return matcher.matches() ? matcher.group(1) : "";
  }

  private static String time(Event event) {
    return Stream.of(
            event.getLastTimestamp(),
            event.getEventTime() == null ? null : event.getEventTime().getTime(),
            event.getMetadata().getCreationTimestamp())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("");
  }
}

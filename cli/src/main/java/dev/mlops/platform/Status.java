package dev.mlops.platform;

import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What runs now, as the platform says.
 *
 * @param endpoint where the service answers, absent if it has no address
 * @param since when the present state began, if the platform remembers
 * @param notes what a person should know, such as why a replica is not ready; one sentence each
 */
public record Status(
    State state,
    Optional<URI> endpoint,
    Optional<Release> release,
    Replicas replicas,
    Optional<Autoscaling> autoscaling,
    Optional<Instant> since,
    List<String> notes) {

  public enum State {
    RUNNING,
    PAUSED,
    DEGRADED,
    ABSENT;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How many there shall be, how many answer, and each of them. */
  public record Replicas(int desired, int ready, List<Replica> all) {
    public static final Replicas NONE = new Replicas(0, 0, List.of());

    public Replicas {
      all = List.copyOf(all);
    }

    /** Each replica's own address where it can be reached. */
    public List<URI> endpoints() {
      return all.stream().flatMap(replica -> replica.endpoint().stream()).toList();
    }
  }

  /**
   * One process or pod.
   *
   * @param state such as "ready", "starting", "back-off", "draining"
   * @param pid the process on this machine, if it is one
   * @param lastEnd how it ended the last time before it was started again, if it ever did
   */
  public record Replica(
      String name,
      String state,
      int restarts,
      Optional<URI> endpoint,
      Optional<Long> pid,
      Optional<Instant> since,
      Optional<End> lastEnd) {}

  /**
   * @param how such as "exit code 137 (killed)"
   */
  public record End(String how, Optional<Instant> at) {}

  /**
   * @param targetCpuPercent absent where it does not scale by CPU
   * @param currentCpuPercent average use of the CPU request over the ready replicas, percent;
   *     absent while unknown
   * @param requests absent where it does not scale by them
   */
  public record Autoscaling(
      int min,
      int max,
      Optional<Integer> targetCpuPercent,
      Optional<Integer> currentCpuPercent,
      Optional<RequestRate> requests) {}

  /**
   * Requests per second, averaged over the ready replicas.
   *
   * @param current absent while unknown
   */
  public record RequestRate(double target, Optional<Double> current) {}

  public static final Status NOTHING =
      new Status(
          State.ABSENT,
          Optional.empty(),
          Optional.empty(),
          Replicas.NONE,
          Optional.empty(),
          Optional.empty(),
          List.of());

  public Status {
    notes = List.copyOf(notes);
  }

  /**
   * This, where there is a service to ask.
   *
   * @throws dev.mlops.problem.MlopsException if it is paused, or there is none
   */
  public Status requireRunning() {
    return switch (state) {
      case RUNNING, DEGRADED -> this;
      case PAUSED -> throw paused();
      case ABSENT -> throw nothingDeployed();
    };
  }

  public static MlopsException paused() {
    return Code.ENDPOINT_SILENT.problem("The service is paused", "", "mlops resume");
  }

  public static MlopsException nothingDeployed() {
    return Code.NOTHING_DEPLOYED.problem("Nothing is deployed in this environment", "", "mlops up");
  }
}

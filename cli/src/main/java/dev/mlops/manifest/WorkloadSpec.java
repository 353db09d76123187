package dev.mlops.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the manifests say of how the service runs, with Kubernetes' defaults where they are silent.
 *
 * @param name of the Deployment
 * @param notes what they ask for that this reading leaves out, one sentence each
 */
public record WorkloadSpec(
    String name, Scale scale, Container container, Rollout rollout, List<String> notes) {

  /**
   * @param replicas as the Deployment says
   */
  public record Scale(int replicas, Optional<Autoscaling> autoscaling) {
    /** How many to begin with: an autoscaler's bounds hold from the start. */
    public int initial() {
      return clamp(replicas);
    }

    /** The count moved into the autoscaler's bounds, or the Deployment's own without one. */
    public int clamp(int count) {
      return autoscaling.map(a -> Math.clamp(count, a.min(), a.max())).orElse(replicas);
    }
  }

  /**
   * @param upWindow seconds for which a higher count must have been asked for
   * @param downWindow seconds for which a lower count must have been asked for
   */
  public record Autoscaling(int min, int max, Goals goals, int upWindow, int downWindow) {}

  /**
   * What is aimed at, averaged over the ready replicas; of several goals the one that asks for most
   * replicas counts.
   *
   * @param cpuPercent of the CPU request
   * @param requests per second
   */
  public record Goals(OptionalInt cpuPercent, OptionalDouble requests) {
    boolean isEmpty() {
      return cpuPercent.isEmpty() && requests.isEmpty();
    }
  }

  /**
   * @param port on which it listens in the container
   * @param arguments {@code command} and {@code args}, each replacing the image's own if given
   * @param env plain values only
   */
  public record Container(
      int port, Arguments arguments, Map<String, String> env, Probes probes, Resources resources) {}

  /** Empty where the image's own entrypoint or arguments are used. */
  public record Arguments(List<String> command, List<String> args) {}

  public record Probes(
      Optional<Probe> startup, Optional<Probe> liveness, Optional<Probe> readiness) {}

  /** CPU in thousandths of a core, memory in bytes. */
  public record Resources(
      OptionalLong cpuRequest,
      OptionalLong cpuLimit,
      OptionalLong memoryRequest,
      OptionalLong memoryLimit) {}

  /**
   * @param maxSurge how many replicas above the count there may be during an update
   * @param maxUnavailable how many below it
   * @param graceSeconds from SIGTERM to SIGKILL
   * @param deadlineSeconds in which a rollout must get on
   */
  public record Rollout(
      Share maxSurge, Share maxUnavailable, int graceSeconds, int deadlineSeconds) {
    public int surge(int replicas) {
      return maxSurge.up(replicas);
    }

    /** At least one where nothing may be added, else an update could not begin. */
    public int unavailable(int replicas) {
      int unavailable = maxUnavailable.down(replicas);
      return unavailable == 0 && surge(replicas) == 0 ? 1 : unavailable;
    }
  }

  /** A count, or a percentage of the replicas. */
  public record Share(int amount, boolean percent) {
    int up(int replicas) {
      return percent ? Math.ceilDiv(amount * replicas, 100) : amount;
    }

    int down(int replicas) {
      return percent ? amount * replicas / 100 : amount;
    }
  }

  public WorkloadSpec {
    notes = List.copyOf(notes);
  }

  /**
   * Reads the Deployment whose container runs the image, and what belongs to it.
   *
   * @param imageNames its name as the config has it, its digest, or both
   * @throws dev.mlops.problem.MlopsException with every value that is wrong, or if there is no such
   *     Deployment
   */
  public static WorkloadSpec from(List<ObjectNode> manifests, String... imageNames) {
    return new WorkloadReader(manifests, List.of(imageNames)).read();
  }
}

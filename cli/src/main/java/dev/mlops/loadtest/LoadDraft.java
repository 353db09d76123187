package dev.mlops.loadtest;

import dev.mlops.problem.Code;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A plan that lacks only its target.
 *
 * @param flags what the command line says instead
 */
public record LoadDraft(LoadSpec spec, LoadOverrides flags) {
  /**
   * The whole plan.
   *
   * @param folder where files that the plan names are looked for
   * @param schema the model's, if there is a model
   * @throws dev.mlops.problem.MlopsException if there is nothing to send, or it does not fit
   *     together
   */
  public LoadPlan plan(URI target, Path folder, Optional<Path> schema) {
    Load load = load(folder);
    List<Task> tasks = spec.allTasks().stream().map(task -> task.task(folder, schema)).toList();
    try {
      Duration warmUp = flags.warmUp().orElse(spec.warmUp());
      return new LoadPlan(
          target,
          tasks,
          load,
          new LoadPlan.Timing(warmUp, duration(load, warmUp), spec.timeout()),
          new LoadPlan.Bounds(
              spec.maxRequests(), spec.traceRatio(), spec.insecure() || flags.insecure()),
          goals(tasks),
          spec.seed());
    } catch (IllegalArgumentException e) {
      throw Code.LOAD_PLAN.problem(
          "The load test's plan does not fit together: " + e.getMessage(),
          "",
          "Correct the plan or the command line.");
    }
  }

  private Load load(Path folder) {
    if (flags.users().isPresent()) {
      return closed(flags.users().get());
    }
    if (flags.rate().isPresent()) {
      return new Load.Open(flags.rate().get(), spec.connections());
    }
    if (spec.arrivals().isPresent()) {
      return new Load.Replay(
          ArrivalFile.read(folder.resolve(spec.arrivals().get())), spec.connections());
    }
    return spec.rate()
        .<Load>map(rate -> new Load.Open(Profile.parse(rate), spec.connections()))
        .orElseGet(() -> closed(Profile.parse(spec.users())));
  }

  private Load closed(Profile users) {
    return new Load.Closed(
        users,
        flags.spawnRate().orElse(spec.spawnRate()),
        flags.waitTime().orElseGet(() -> Wait.parse(spec.waitTime())));
  }

  /** The stages' own times go before the duration, and a recording ends where it ends. */
  private Duration duration(Load load, Duration warmUp) {
    Duration asked = flags.duration().orElse(spec.duration());
    return switch (load) {
      case Load.Closed closed -> closed.users().ownTime().orElse(asked);
      case Load.Open open -> open.rate().ownTime().orElse(asked);
      case Load.Replay(ArrivalFile arrivals, int _) -> {
        Duration left = arrivals.length().minus(warmUp).plusMillis(1);
        if (left.compareTo(Duration.ofMillis(1)) <= 0) {
          throw new IllegalArgumentException("the recording is over before the warm-up is");
        }
        yield flags.duration().filter(shorter -> shorter.compareTo(left) < 0).orElse(left);
      }
    };
  }

  private LoadPlan.Goals goals(List<Task> tasks) {
    List<String> names = tasks.stream().map(Task::name).toList();
    return new LoadPlan.Goals(
        gates(flags.gates(), spec.gates(), names), gates(flags.abortOn(), spec.abortOn(), names));
  }

  private static List<Gate> gates(List<Gate> asked, List<String> planned, List<String> tasks) {
    List<Gate> gates = asked.isEmpty() ? planned.stream().map(Gate::parse).toList() : asked;
    return gates.stream().map(gate -> gate.of(tasks)).toList();
  }
}

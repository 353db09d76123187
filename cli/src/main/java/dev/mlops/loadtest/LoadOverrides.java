package dev.mlops.loadtest;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the command line says instead of the plan's file.
 *
 * @param gates instead of those of the plan; empty: the plan's
 */
public record LoadOverrides(
    Optional<Integer> users,
    Optional<Double> spawnRate,
    Optional<Wait> waitTime,
    Optional<Duration> duration,
    Optional<Duration> warmUp,
    List<Gate> gates) {

  public static final LoadOverrides NONE =
      new LoadOverrides(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of());

  public LoadOverrides {
    gates = List.copyOf(gates);
  }

  public LoadPlan over(LoadPlan plan) {
    return new LoadPlan(
        plan.target(),
        plan.request(),
        users.orElse(plan.users()),
        spawnRate.orElse(plan.spawnRate()),
        waitTime.orElse(plan.waitTime()),
        new LoadPlan.Timing(
            warmUp.orElse(plan.timing().warmUp()),
            duration.orElse(plan.timing().duration()),
            plan.timing().timeout()),
        gates.isEmpty() ? plan.gates() : gates,
        plan.seed());
  }
}

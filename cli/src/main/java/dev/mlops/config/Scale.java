package dev.mlops.config;

import java.util.List;
import java.util.Optional;

/** How many replicas; what is left out stays as the manifest of the autoscaler says. */
public record Scale(
    @Doc("Fewest replicas.") @Range(min = 1, max = 10_000) Optional<Integer> min,
    @Doc("Most replicas.") @Range(min = 1, max = 10_000) Optional<Integer> max,
    @Doc("Replicas are added above this average use of the CPU request.") Optional<Percent> cpu,
    @Doc(
            "Replicas are added above this many requests per second for each of them, on average. On"
                + " a cluster this takes Prometheus and its adapter.")
        @Range(min = 0.001, max = 1_000_000)
        Optional<Double> rps)
    implements Checked {

  /** Whether the manifest is left as it is. */
  public boolean isEmpty() {
    return min.isEmpty() && max.isEmpty() && cpu.isEmpty() && rps.isEmpty();
  }

  @Override
  public List<Fault> faults() {
    return min.isPresent() && max.isPresent() && min.get() > max.get()
        ? List.of(new Fault("max", "is below scale.min (" + min.get() + ")"))
        : List.of();
  }
}

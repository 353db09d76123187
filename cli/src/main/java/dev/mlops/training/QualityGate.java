package dev.mlops.training;

import dev.mlops.config.Gate;
import dev.mlops.problem.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Holds a model's figures against the bounds of the config. */
public record QualityGate(Gate gate) {
  /** One sentence for each bound that is not met; empty if the model may be built. */
  public List<String> misses(Map<String, Double> metrics) {
    List<String> misses = new ArrayList<>();
    for (Gate.Bound bound : gate.bounds()) {
      Double value = metrics.get(bound.metric().label());
      if (value == null) {
        misses.add(bound + " is asked for, but not measured for this model");
      } else if (!bound.passes(value)) {
        misses.add(bound.metric().label() + " is " + Rounding.text(value) + ", not " + bound);
      }
    }
    return misses;
  }

  /** Throws {@link Code#GATE_QUALITY} if a bound is not met. */
  public void check(Map<String, Double> metrics) {
    List<String> misses = misses(metrics);
    if (!misses.isEmpty()) {
      throw Code.GATE_QUALITY.problem(
          "The model is not good enough: " + String.join("; ", misses),
          "The bounds are model.gate in the config. Nothing is built from this model.",
          "mlops train --set model.algorithm.kind=random-forest, or better data, or another bound");
    }
  }
}

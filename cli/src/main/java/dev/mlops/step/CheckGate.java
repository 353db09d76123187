package dev.mlops.step;

import dev.mlops.plan.Finding;
import dev.mlops.plan.Ref;
import dev.mlops.plan.Step;
import dev.mlops.platform.Release;
import dev.mlops.platform.Status;
import dev.mlops.problem.Code;
import dev.mlops.training.QualityGate;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Holds the figures that a release carries against the bounds of where it is to go. */
public final class CheckGate implements Step<Map<String, Double>> {
  private final Ref<Status> source;
  private final QualityGate gate;
  private final String environment;

  /**
   * @param environment whose gate it is
   */
  public CheckGate(Ref<Status> source, QualityGate gate, String environment) {
    this.source = source;
    this.gate = gate;
    this.environment = environment;
  }

  @Override
  public String id() {
    return "check-gate";
  }

  @Override
  public String title() {
    return "Check the gate of " + environment;
  }

  @Override
  public List<Ref<?>> needs() {
    return List.of(source);
  }

  @Override
  public Finding<Map<String, Double>> inspect() {
    return new Finding.InSync<>(check());
  }

  @Override
  public Map<String, Double> ensure(Consumer<String> progress) {
    return check();
  }

  @Override
  public String describe(Map<String, Double> metrics) {
    List<String> bounds = gate.gate().bounds().stream().map(Object::toString).toList();
    return bounds.isEmpty() ? "none is set" : String.join(", ", bounds);
  }

  private Map<String, Double> check() {
    Release release = source.get().release().orElseThrow();
    Map<String, Double> metrics = release.metrics();
    List<String> misses = gate.misses(metrics);
    if (!misses.isEmpty()) {
      throw Code.GATE_QUALITY.problem(
          "Release "
              + release.name()
              + " is not good enough for "
              + environment
              + ": "
              + String.join("; ", misses),
          "The bounds are model.gate of that environment; the figures are those of its training.",
          "mlops releases");
    }
    return metrics;
  }
}

package dev.mlops.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.cost.Estimate;
import dev.mlops.plan.RunReport;

/**
 * The answer of `mlops plan`: every step, and whether it has something to do.
 *
 * @param cost of all of it, by the list
 */
public record PlanView(RunView run, Estimate cost) implements View {
  @Override
  public void text(Text text) {
    RunReport report = run.report();
    int width = report.steps().stream().mapToInt(step -> step.title().length()).max().orElse(0);
    report.steps().forEach(step -> text.line(StepLine.of(step, width, text.style())));
    CostFacts.line(cost).ifPresent(line -> text.line("  " + text.style().dim(line)));
    run.text(text);
  }

  @Override
  public String essential() {
    return run.essential();
  }

  @Override
  public ObjectNode json() {
    ObjectNode json = run.json();
    CostFacts.put(json.putObject("cost"), cost);
    return json;
  }
}

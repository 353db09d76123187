package dev.mlops.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.cost.Estimate;
import dev.mlops.plan.RunReport;
import dev.mlops.platform.Provisioning.ByHand;
import java.net.URI;
import java.util.Map;

/**
 * The answer of `mlops plan`: every step, and whether it has something to do.
 *
 * @param cost of all of it, by the list
 * @param byHand what a person would do in place of each step, by its id; empty if nobody asked
 */
public record PlanView(RunView run, Estimate cost, Map<String, ByHand> byHand) implements View {
  @Override
  public void text(Text text) {
    RunReport report = run.report();
    int width = report.steps().stream().mapToInt(step -> step.title().length()).max().orElse(0);
    for (RunReport.Entry step : report.steps()) {
      text.line(StepLine.of(step, width, text.style()), StepLine.hang(width));
      explain(step, text);
    }
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
    for (JsonNode step : json.path("steps")) {
      put((ObjectNode) step);
    }
    return json;
  }

  private void explain(RunReport.Entry step, Text text) {
    ByHand hand = byHand.getOrDefault(step.id(), ByHand.UNKNOWN);
    hand.commands().forEach(command -> text.verbatim("     $ " + command));
    hand.page().ifPresent(page -> text.line("     " + text.style().dim(page.toString())));
  }

  private void put(ObjectNode step) {
    ByHand hand = byHand.getOrDefault(step.path("id").asText(), ByHand.UNKNOWN);
    if (!byHand.isEmpty()) {
      ArrayNode commands = step.putArray("byHand");
      hand.commands().forEach(commands::add);
      step.put("page", hand.page().map(URI::toString).orElse(null));
    }
  }
}

package dev.mlops.loadtest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a load test found in its measured time.
 *
 * @param tasks the figures of each, by its name
 * @param endedEarly why, in one sentence
 * @param changes against a baseline; empty if there was none
 * @param report the HTML page; the other files of the report lie beside it
 */
public record LoadResult(
    Totals totals,
    Map<String, Totals> tasks,
    List<Gate.Outcome> gates,
    Optional<String> endedEarly,
    List<Change> changes,
    Evidence evidence,
    Path report) {

  public LoadResult {
    tasks = new LinkedHashMap<>(tasks);
    gates = List.copyOf(gates);
    changes = List.copyOf(changes);
  }

  /** Whether the figures are the service's, not the load tester's own. */
  public boolean valid() {
    return evidence.checks().stream().allMatch(SelfCheck::passed);
  }

  /** One sentence each; empty if valid. */
  public List<String> invalidBecause() {
    return evidence.checks().stream()
        .filter(check -> !check.passed())
        .map(SelfCheck::reason)
        .toList();
  }

  /**
   * Whether the gates were held against what was measured: not so in a test that was broken off.
   */
  public boolean judged() {
    return gates.stream().noneMatch(gate -> gate.judgement() == Gate.Judgement.NONE);
  }

  public boolean gatesPassed() {
    return gates.stream().allMatch(Gate.Outcome::passed);
  }

  /**
   * As it is where the test was broken off: the values stand, and nothing is said of the limits.
   */
  LoadResult notJudged() {
    List<Gate.Outcome> open = gates.stream().map(Gate.Outcome::notJudged).toList();
    return new LoadResult(totals, tasks, open, endedEarly, changes, evidence, report);
  }

  /** With the changes against a baseline. */
  LoadResult with(List<Change> against) {
    return new LoadResult(totals, tasks, gates, endedEarly, against, evidence, report);
  }

  /** The names that docs/reference/json.md promises, and some more. */
  public ObjectNode json() {
    ObjectNode json = totals.json();
    json.put("target", evidence.plan().target().toString());
    json.put("load", evidence.plan().load().describe());
    json.put("valid", valid());
    ArrayNode reasons = json.putArray("invalidBecause");
    invalidBecause().forEach(reasons::add);
    endedEarly.ifPresent(why -> json.put("endedEarly", why));
    ArrayNode outcomes = json.putArray("gates");
    gates.forEach(outcome -> add(outcome, outcomes.addObject()));
    if (tasks.size() > 1) {
      ArrayNode each = json.putArray("tasks");
      tasks.forEach((name, figures) -> each.addObject().put("name", name).setAll(figures.json()));
    }
    ArrayNode kinds = json.putArray("errorsByKind");
    evidence
        .errors()
        .forEach(error -> kinds.addObject().put("kind", error.kind()).put("count", error.count()));
    if (!changes.isEmpty()) {
      ArrayNode all = json.putArray("comparison");
      changes.forEach(change -> all.add(change.json()));
    }
    json.put("report", report.toString());
    return json;
  }

  private static void add(Gate.Outcome outcome, ObjectNode json) {
    json.put("expression", outcome.gate().expression());
    if (outcome.value().isPresent()) {
      json.put("value", outcome.value().getAsDouble());
    } else {
      json.putNull("value");
    }
    json.put("unit", outcome.gate().measure().unit());
    switch (outcome.judgement()) {
      case PASSED -> json.put("passed", true);
      case MISSED -> json.put("passed", false);
      case NONE -> json.putNull("passed");
    }
  }
}

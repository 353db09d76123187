package dev.mlops.loadtest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a load test found in its measured time.
 *
 * @param requests meant for that time, answered or not
 * @param errors those that got no good answer
 * @param throughput good answers per second
 * @param latencyMillis of good answers from their intended moment; absent if there was none
 * @param serviceMillis of the same from the moment of sending
 * @param report the HTML page; report.json and latency.hlog lie beside it
 */
public record LoadResult(
    long requests,
    long errors,
    double seconds,
    double throughput,
    Optional<Percentiles> latencyMillis,
    Optional<Percentiles> serviceMillis,
    List<Gate.Outcome> gates,
    Evidence evidence,
    Path report) {

  public LoadResult {
    gates = List.copyOf(gates);
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

  public boolean gatesPassed() {
    return gates.stream().allMatch(Gate.Outcome::passed);
  }

  /** The names that docs/reference/json.md promises, and some more. */
  public ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("target", evidence.plan().target().toString());
    json.put("requests", requests);
    json.put("errors", errors);
    json.put("seconds", seconds);
    json.put("throughput", throughput);
    json.set("latencyMillis", latencyMillis.map(Percentiles::json).orElse(null));
    json.set("serviceMillis", serviceMillis.map(Percentiles::json).orElse(null));
    json.put("valid", valid());
    ArrayNode reasons = json.putArray("invalidBecause");
    invalidBecause().forEach(reasons::add);
    ArrayNode outcomes = json.putArray("gates");
    gates.forEach(outcome -> add(outcome, outcomes.addObject()));
    ArrayNode kinds = json.putArray("errorsByKind");
    evidence
        .errors()
        .forEach(error -> kinds.addObject().put("kind", error.kind()).put("count", error.count()));
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
    json.put("passed", outcome.passed());
  }
}

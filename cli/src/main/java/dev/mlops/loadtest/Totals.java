package dev.mlops.loadtest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * The figures of a task, or of all together, over the measured time.
 *
 * @param requests meant for that time, answered or not
 * @param errors those that got no good answer
 * @param latencyMillis of good answers from their intended moment; absent if there was none
 * @param serviceMillis of the same from the moment of sending
 */
public record Totals(
    long requests,
    long errors,
    double seconds,
    Optional<Percentiles> latencyMillis,
    Optional<Percentiles> serviceMillis) {

  static Totals of(Interval interval, double seconds) {
    return new Totals(
        interval.requests(),
        interval.errors(),
        seconds,
        Percentiles.of(interval.latency()),
        Percentiles.of(interval.service()));
  }

  /** Good answers per second. */
  public double throughput() {
    return seconds > 0 ? (requests - errors) / seconds : 0;
  }

  public double errorPercent() {
    return requests == 0 ? 0 : 100.0 * errors / requests;
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("requests", requests);
    json.put("errors", errors);
    json.put("seconds", seconds);
    json.put("throughput", throughput());
    json.set("latencyMillis", latencyMillis.map(Percentiles::json).orElse(null));
    json.set("serviceMillis", serviceMillis.map(Percentiles::json).orElse(null));
    return json;
  }
}

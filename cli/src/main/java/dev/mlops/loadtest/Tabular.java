package dev.mlops.loadtest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.stream.Collectors;

/** A result for programs: the whole as JSON, its seconds as CSV, its objectives as JUnit XML. */
record Tabular(LoadResult result) {
  private static final String HEADER =
      "second,phase,users,connections,requests,errors,rate,p50_ms,p95_ms,p99_ms,max_ms,"
          + "busy_percent,lag_p99_ms,pause_ms,steal_percent,machine_percent,cpu_wait_ms,"
          + "replicas_desired,replicas_ready,replicas_cpu_percent";

  ObjectNode json() {
    ObjectNode json = result.json();
    ArrayNode slowest = json.putArray("slowest");
    result
        .evidence()
        .slowest()
        .forEach(slow ->
            slowest
                .addObject()
                .put("task", result.evidence().plan().tasks().get(slow.task()).name())
                .put("second", slow.second())
                .put("latencyMillis", slow.latencyMillis())
                .put("serviceMillis", slow.serviceMillis())
                .put("trace", slow.trace())
                .put("sampled", slow.sampled()));
    ArrayNode timeline = json.putArray("timeline");
    result.evidence().timeline().forEach(second -> timeline.add(SnapshotJson.of(second)));
    return json;
  }

  String csv() {
    return result.evidence().timeline().stream()
        .map(Tabular::row)
        .collect(Collectors.joining("\n", HEADER + "\n", "\n"));
  }

  private static String row(Snapshot second) {
    return String.format(
        Locale.ROOT,
        "%.3f,%s,%d,%d,%d,%d,%.3f,%s,%.2f,%.4f,%d,%.2f,%.2f,%.3f,%s",
        second.second(),
        second.phase().label(),
        second.users(),
        second.connections(),
        second.requests(),
        second.errors(),
        second.rate(),
        second.latency().map(Tabular::latency).orElse(",,,"),
        second.self().busyPercent(),
        second.self().lagMillis(),
        second.self().pauseMillis(),
        second.self().stealPercent(),
        second.self().machinePercent(),
        second.self().cpuWaitMillis(),
        second.replicas().map(Tabular::replicas).orElse(",,"));
  }

  private static String latency(Percentiles latency) {
    return String.format(
        Locale.ROOT,
        "%.4f,%.4f,%.4f,%.4f",
        latency.p50(),
        latency.p95(),
        latency.p99(),
        latency.max());
  }

  private static String replicas(ReplicaSampler.Sample sample) {
    return sample.desired()
        + ","
        + sample.ready()
        + ","
        + sample.cpuPercent().map(String::valueOf).orElse("");
  }

  /** A test case for each gate, and one for the measurement itself. */
  String junit() {
    String cases =
        result.gates().stream().map(this::testCase).collect(Collectors.joining())
            + testCase(
                "the measurement is valid",
                result.valid()
                    ? ""
                    : message("failure", String.join("; ", result.invalidBecause())));
    long failures = count(Gate.Judgement.MISSED) + (result.valid() ? 0 : 1);
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuite name="load test of %s" tests="%d" failures="%d" skipped="%d" time="%.3f">
    %s</testsuite>
    """
        .formatted(
            Html.escape(result.evidence().plan().target().toString()),
            result.gates().size() + 1,
            failures,
            count(Gate.Judgement.NONE),
            result.totals().seconds(),
            cases);
  }

  private long count(Gate.Judgement judgement) {
    return result.gates().stream().filter(gate -> gate.judgement() == judgement).count();
  }

  private String testCase(Gate.Outcome outcome) {
    String value =
        outcome.value().isPresent()
            ? Figures.withUnit(outcome.value().getAsDouble(), outcome.gate().measure().unit())
            : "nothing";
    String body =
        switch (outcome.judgement()) {
          case PASSED -> "";
          case MISSED -> message("failure", "measured: " + value);
          case NONE -> message("skipped", "interrupted; measured until then: " + value);
        };
    return testCase(outcome.gate().expression(), body);
  }

  private static String message(String element, String text) {
    return "<%s message=\"%s\"/>".formatted(element, Html.escape(text));
  }

  private static String testCase(String name, String body) {
    return "<testcase classname=\"loadtest\" name=\"%s\">%s</testcase>\n"
        .formatted(Html.escape(name), body);
  }
}

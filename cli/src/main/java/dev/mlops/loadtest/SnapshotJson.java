package dev.mlops.loadtest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** One second for programs: the report's timeline and the live page have the same names. */
final class SnapshotJson {
  private SnapshotJson() {}

  static ObjectNode of(Snapshot second) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("second", round(second.second()));
    json.put("phase", second.phase().label());
    json.put("users", second.users());
    json.put("connections", second.connections());
    json.put("requests", second.requests());
    json.put("errors", second.errors());
    json.put("rate", round(second.rate()));
    second
        .latency()
        .ifPresent(latency ->
            json.put("p50", latency.p50())
                .put("p95", latency.p95())
                .put("p99", latency.p99())
                .put("max", latency.max()));
    Snapshot.SelfLoad self = second.self();
    json.put("busyPercent", round(self.busyPercent()));
    json.put("lagMillis", self.lagMillis());
    json.put("pauseMillis", self.pauseMillis());
    json.put("stealPercent", round(self.stealPercent()));
    json.put("machinePercent", round(self.machinePercent()));
    json.put("cpuWaitMillis", round(self.cpuWaitMillis()));
    json.put("complaint", self.complaint());
    second
        .replicas()
        .ifPresent(sample -> {
          json.put("desired", sample.desired());
          json.put("ready", sample.ready());
          sample.cpuPercent().ifPresent(cpu -> json.put("cpuPercent", cpu));
        });
    return json;
  }

  private static double round(double value) {
    return Math.round(value * 1000) / 1e3;
  }
}

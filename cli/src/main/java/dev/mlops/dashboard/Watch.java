package dev.mlops.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.platform.Status;
import dev.mlops.platform.Workloads;
import dev.mlops.usage.Exposition;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks what runs, and each replica for its metrics. */
public record Watch(Workloads workloads) {
  private static final String PATH = "/metrics";

  /** What the page shows; the rest stays here. */
  private static final Set<String> SHOWN =
      Set.of(
          "http_server_requests_total",
          "http_server_request_duration_seconds_bucket",
          "http_server_requests_in_flight",
          "model_predictions_total",
          "model_feature_drift_psi",
          "model_prediction_drift_psi",
          "process_cpu_seconds_total",
          "process_resident_memory_bytes");

  /**
   * One look: {@code {at, state, release, desired, ready, replicas: [{name, state, restarts,
   * samples: [[name, labels, value]], why}]}}, time in milliseconds; {@code why} in the place of
   * {@code samples} where a replica did not tell.
   */
  ObjectNode look() throws InterruptedException {
    Status status = workloads.status();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("at", System.currentTimeMillis());
    json.put("state", status.state().label());
    json.put("release", status.release().map(release -> release.name()).orElse(""));
    json.put("desired", status.replicas().desired());
    json.put("ready", status.replicas().ready());
    ArrayNode replicas = json.putArray("replicas");
    for (Status.Replica replica : status.replicas().all()) {
      ObjectNode one = replicas.addObject();
      one.put("name", replica.name());
      one.put("state", replica.state());
      one.put("restarts", replica.restarts());
      ask(replica, one);
    }
    return json;
  }

  private void ask(Status.Replica replica, ObjectNode json) throws InterruptedException {
    try {
      Optional<byte[]> answer = workloads.ask(replica, PATH);
      if (answer.isEmpty()) {
        json.put("why", "can't be reached from here");
        return;
      }
      ArrayNode samples = json.putArray("samples");
      Exposition.parse(new String(answer.get(), UTF_8)).stream()
          .filter(sample -> SHOWN.contains(sample.name()) && Double.isFinite(sample.value()))
          .forEach(sample -> {
            ArrayNode row = samples.addArray().add(sample.name());
            ObjectNode labels = row.addObject();
            for (Map.Entry<String, String> label : sample.labels().entrySet()) {
              labels.put(label.getKey(), label.getValue());
            }
            row.add(sample.value());
          });
    } catch (IOException e) {
      json.put("why", e.getMessage());
    }
  }
}

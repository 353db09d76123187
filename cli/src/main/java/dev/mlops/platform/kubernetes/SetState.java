package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Optional;

/** How far the rollout of a StatefulSet or DaemonSet is, as the object itself says. */
record SetState(JsonNode live) {
  private static final String HASH = "controller-revision-hash";

  boolean isComplete() {
    JsonNode status = live.path("status");
    return status.path("observedGeneration").asLong() >= live.at("/metadata/generation").asLong()
        && ready() >= wanted()
        && updated() >= toUpdate();
  }

  /** For people. */
  String words() {
    return "%d of %d pods are ready, %d of %d updated"
        .formatted(ready(), wanted(), updated(), toUpdate());
  }

  String uid() {
    return live.at("/metadata/uid").asText();
  }

  /** Whether a pod is of the newest template; taken to be where the object does not tell. */
  boolean isNewest(HasMetadata pod) {
    Optional<String> newest =
        Optional.of(live.at("/status/updateRevision").asText()).filter(name -> !name.isEmpty());
    Map<String, String> labels = pod.getMetadata().getLabels();
    return newest.isEmpty() || newest.get().equals(labels.get(HASH));
  }

  private boolean isDaemonSet() {
    return live.path("kind").asText().equals("DaemonSet");
  }

  private int wanted() {
    return isDaemonSet() ? status("desiredNumberScheduled") : live.at("/spec/replicas").asInt(1);
  }

  private int ready() {
    return status(isDaemonSet() ? "numberAvailable" : "readyReplicas");
  }

  private int updated() {
    return status(isDaemonSet() ? "updatedNumberScheduled" : "updatedReplicas");
  }

  /** Fewer than there are, where the user rolls out by hand or by parts. */
  private int toUpdate() {
    JsonNode strategy = live.at("/spec/updateStrategy");
    return strategy.path("type").asText().equals("OnDelete")
        ? 0
        : Math.max(0, wanted() - strategy.at("/rollingUpdate/partition").asInt());
  }

  private int status(String name) {
    return live.path("status").path(name).asInt();
  }
}

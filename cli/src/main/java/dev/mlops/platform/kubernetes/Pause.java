package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a paused Deployment was before, in an annotation that is set by the very call that stops it.
 *
 * @param since when it was paused
 * @param replicas how many there were
 * @param min the autoscaler's bound, for people; its object is not changed
 * @param max likewise
 */
record Pause(Instant since, int replicas, OptionalInt min, OptionalInt max) {
  static final String ANNOTATION = "mlops.dev/paused";

  private static final ObjectMapper JSON = new ObjectMapper();

  static Optional<Pause> of(Deployment deployment) {
    return Site.annotation(deployment, ANNOTATION).flatMap(Pause::parse);
  }

  Pause withReplicas(int count) {
    return new Pause(since, count, min, max);
  }

  String text() {
    ObjectNode json = JSON.createObjectNode();
    json.put("since", since.toString()).put("replicas", replicas);
    min.ifPresent(value -> json.put("min", value));
    max.ifPresent(value -> json.put("max", value));
    return json.toString();
  }

  private static Optional<Pause> parse(String text) {
    try {
      var json = JSON.readTree(text);
      return Optional.of(
          new Pause(
              Instant.parse(json.path("since").asText()),
              json.path("replicas").asInt(1),
              bound(json.path("min").asInt(0)),
              bound(json.path("max").asInt(0))));
    } catch (JsonProcessingException | DateTimeException e) {
      // Set by hand: paused all the same.
      return Optional.of(new Pause(Instant.EPOCH, 1, OptionalInt.empty(), OptionalInt.empty()));
    }
  }

  private static OptionalInt bound(int value) {
    return value == 0 ? OptionalInt.empty() : OptionalInt.of(value);
  }
}

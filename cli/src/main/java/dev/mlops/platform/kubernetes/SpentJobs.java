package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.platform.Desired;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Optional;

/**
 * Jobs that have done their work: a cluster removes those with {@code ttlSecondsAfterFinished} by
 * itself, and that they are gone is no difference.
 *
 * @param applied the manifests with which the release that runs came up; empty where it did not
 */
record SpentJobs(List<ObjectNode> applied) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static SpentJobs of(Optional<Deployment> main) {
    return new SpentJobs(
        main.filter(History::hasStood)
            .flatMap(History::applied)
            .map(Desired::manifests)
            .orElse(List.of()));
  }

  /**
   * Whether an object that is not there is one of them.
   *
   * @param wanted with the release's image, as in the manifests
   */
  boolean has(ObjectNode object, List<ObjectNode> wanted) {
    return object.path("kind").asText().equals("Job")
        && object.at("/spec/ttlSecondsAfterFinished").isNumber()
        && wanted.stream()
            .filter(manifest -> isSame(manifest, object))
            .allMatch(manifest -> applied.stream().anyMatch(before -> equal(before, manifest)));
  }

  private static boolean isSame(JsonNode manifest, JsonNode object) {
    return List.of("/kind", "/metadata/name").stream()
        .allMatch(path -> manifest.at(path).equals(object.at(path)));
  }

  /** As text has it: YAML and JSON may read one number as different kinds of number. */
  private static boolean equal(ObjectNode one, ObjectNode other) {
    try {
      return JSON.readTree(one.toString()).equals(JSON.readTree(other.toString()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}

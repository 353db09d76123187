package dev.mlops.platform.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.platform.Desired;
import dev.mlops.problem.DiskFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Optional;

/**
 * What shall run, as it outlives the supervisor.
 *
 * @param replicas how many; what an autoscaler had reached
 * @param since when it was paused, or last set going
 */
record SavedState(Site site, Desired desired, int replicas, boolean paused, Instant since) {

  /** Absent where nothing was ever deployed. */
  static Optional<SavedState> read(LocalFolder folder) {
    try {
      return Optional.of(fromJson(Json.MAPPER.readTree(Files.readAllBytes(folder.state()))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      throw DiskFaults.damaged(folder.state(), e);
    }
  }

  void write(LocalFolder folder) {
    AtomicFile.write(folder.state(), Json.bytes(toJson()));
  }

  SavedState withReplicas(int count) {
    return new SavedState(site, desired, count, paused, since);
  }

  SavedState withPaused(boolean nowPaused, Instant now) {
    return new SavedState(site, desired, replicas, nowPaused, paused == nowPaused ? since : now);
  }

  private ObjectNode toJson() {
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.set("site", site.toJson());
    json.put("replicas", replicas);
    json.put("paused", paused);
    json.put("since", since.toString());
    json.set("desired", Json.of(desired));
    return json;
  }

  private static SavedState fromJson(JsonNode json) {
    return new SavedState(
        Site.of(json.path("site")),
        Json.desired(json.path("desired")),
        json.path("replicas").asInt(),
        json.path("paused").asBoolean(),
        Instant.parse(json.path("since").asText()));
  }
}

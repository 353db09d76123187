package dev.mlops.platform.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a supervisor is found: a file that only its user can read.
 *
 * @param home the folder that it works in
 * @param started as {@link Processes#startOf} has it
 * @param port of its control, on the loopback address
 * @param token without which it obeys nobody
 */
record SupervisorId(String home, long pid, long started, int port, String token) {

  static Optional<SupervisorId> read(LocalFolder folder) {
    try {
      JsonNode json = Json.MAPPER.readTree(Files.readAllBytes(folder.supervisor()));
      return Optional.of(
          new SupervisorId(
              json.path("home").asText(folder.root().toString()),
              json.path("pid").asLong(),
              json.path("started").asLong(),
              json.path("port").asInt(),
              json.path("token").asText()));
    } catch (IOException e) {
      return Optional.empty(); // not there, or removed by a supervisor that is ending
    }
  }

  void write(LocalFolder folder) {
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.put("home", home)
        .put("pid", pid)
        .put("started", started)
        .put("port", port)
        .put("token", token);
    AtomicFile.write(folder.supervisor(), Json.bytes(json));
  }

  /** The process, if it still is the one that wrote the file. */
  Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid)
        .filter(Processes::isAlive)
        .filter(process -> Processes.startOf(process) == started);
  }

  /** Whether it is this environment's: a copy of a project holds the file of another's. */
  boolean serves(LocalFolder folder) {
    try {
      return hasMoved() || Files.isSameFile(Path.of(home), folder.root());
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether the project was moved away under it; it can't save anything any more. */
  boolean hasMoved() {
    return !Files.exists(Path.of(home));
  }
}

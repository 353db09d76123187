package dev.mlops.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mlops.problem.Code;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a batch command of the model service says on its standard output: JSON lines whose {@code
 * event} is {@code progress}, {@code result} or {@code problem}, and lines that are none.
 */
final class ServiceEvents {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int REMEMBERED_LINES = 20;

  private final Consumer<String> progress;
  private final Consumer<String> warning;
  private final Deque<String> last = new ArrayDeque<>();
  private Optional<JsonNode> result = Optional.empty();

  ServiceEvents(Consumer<String> progress, Consumer<String> warning) {
    this.progress = progress;
    this.warning = warning;
  }

  /**
   * @throws dev.mlops.problem.MlopsException if the line tells a problem
   */
  void take(String line) {
    Optional<JsonNode> event = parse(line);
    switch (event.map(e -> e.path("event").asText()).orElse("")) {
      case "progress" -> {
        JsonNode said = event.orElseThrow();
        boolean serious = said.path("level").asText().equals("warning");
        (serious ? warning : progress).accept(said.path("message").asText());
      }
      case "result" -> result = event;
      case "problem" -> throw asProblem(event.orElseThrow());
      default -> remember(line);
    }
  }

  Optional<JsonNode> result() {
    return result;
  }

  /** The last of the lines that are no events. */
  String lastWords() {
    return String.join("\n", last);
  }

  private static Optional<JsonNode> parse(String line) {
    if (!line.startsWith("{")) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readTree(line));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static RuntimeException asProblem(JsonNode event) {
    Code code = Code.find(event.path("code").asText()).orElse(Code.SERVICE_FAILED);
    return code.problem(
        event.path("message").asText(), event.path("why").asText(), event.path("next").asText());
  }

  private void remember(String line) {
    if (last.size() == REMEMBERED_LINES) {
      last.removeFirst();
    }
    last.addLast(line);
  }
}

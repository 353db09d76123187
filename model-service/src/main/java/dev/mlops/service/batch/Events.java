package dev.mlops.service.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mlops.service.json.Json;
import dev.mlops.service.problem.ProblemException;
import dev.mlops.service.train.Training;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a batch command says: JSON objects, one a line, each with the key {@code event}. */
final class Events implements Training.Story {
  private final PrintStream out;

  Events(OutputStream out) {
    this.out = new PrintStream(out, true, UTF_8);
  }

  @Override
  public void progress(String message) {
    print("progress", Map.of("message", message));
  }

  @Override
  public void warning(String message) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("level", "warning");
    event.put("message", message);
    print("progress", event);
  }

  void result(Map<String, Object> result) {
    print("result", result);
  }

  void problem(ProblemException problem) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("code", problem.code().id());
    event.put("message", problem.getMessage());
    event.put("why", problem.why());
    event.put("next", problem.next());
    print("problem", event);
  }

  private void print(String kind, Map<String, Object> content) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event", kind);
    event.putAll(content);
    out.println(Json.line(event));
  }
}

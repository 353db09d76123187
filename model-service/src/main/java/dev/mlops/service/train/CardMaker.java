package dev.mlops.service.train;

import dev.mlops.service.artifact.Card;
import dev.mlops.service.artifact.Task;
import dev.mlops.service.train.TrainingRequest.Git;
import dev.mlops.service.train.TrainingRequest.Identity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes down what was trained, from what, and how good it is. */
final class CardMaker {
  private final Identity identity;
  private final Inputs inputs;

  CardMaker(Identity identity, Inputs inputs) {
    this.identity = identity;
    this.inputs = inputs;
  }

  Card make(Task task, Map<String, Object> algorithm, Rows rows, Outcome outcome) {
    Map<String, Double> metrics = outcome.evaluation().map(Evaluation::metrics).orElse(Map.of());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", identity.name());
    json.put("version", identity.version());
    json.put("task", task.word());
    json.put("algorithm", algorithm);
    json.put("rows", rows.toJson());
    json.put("metrics", metrics);
    outcome.crossValidation().ifPresent(result -> json.put("crossValidation", result.toJson()));
    if (outcome.evaluation().orElse(null) instanceof Confusion confusion) {
      json.put("confusion", confusion.toJson());
      json.put("perClass", confusion.perClass());
    }
    json.put("leftOut", outcome.leftOut().stream().map(CardMaker::toJson).toList());
    json.put("inputs", inputs.toJson());
    identity.git().ifPresent(git -> json.put("git", toJson(git)));
    return new Card(
        identity.name(), identity.version(), String.valueOf(algorithm.get("kind")), metrics, json);
  }

  /**
   * @param train rows that the model learnt from, as far as is known
   * @param test rows that it was tried with
   */
  record Rows(int train, int test) {
    Map<String, Object> toJson() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("total", train + test);
      json.put("train", train);
      json.put("test", test);
      return json;
    }
  }

  /**
   * @param evaluation on the test rows; none if there are none
   */
  record Outcome(
      Optional<Evaluation> evaluation,
      Optional<CrossValidation> crossValidation,
      List<Selection.LeftOut> leftOut) {}

  private static Map<String, Object> toJson(Selection.LeftOut column) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", column.name());
    json.put("why", column.why());
    return json;
  }

  private static Map<String, Object> toJson(Git git) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("commit", git.commit());
    json.put("dirty", git.dirty());
    return json;
  }
}

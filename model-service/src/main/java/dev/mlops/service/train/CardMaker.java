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

  Card make(Task task, Algorithm algorithm, Split split, Outcome outcome) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", identity.name());
    json.put("version", identity.version());
    json.put("task", task.word());
    json.put("algorithm", algorithm.toJson());
    json.put("rows", rows(split));
    json.put("metrics", outcome.evaluation().metrics());
    outcome.crossValidation().ifPresent(result -> json.put("crossValidation", result.toJson()));
    if (outcome.evaluation() instanceof Confusion confusion) {
      json.put("confusion", confusion.toJson());
      json.put("perClass", confusion.perClass());
    }
    json.put("leftOut", outcome.leftOut().stream().map(CardMaker::toJson).toList());
    json.put("inputs", inputs.toJson());
    identity.git().ifPresent(git -> json.put("git", toJson(git)));
    return new Card(
        identity.name(),
        identity.version(),
        algorithm.kind(),
        outcome.evaluation().metrics(),
        json);
  }

  /**
   * @param evaluation on the rows that training did not see
   */
  record Outcome(
      Evaluation evaluation,
      Optional<CrossValidation> crossValidation,
      List<Selection.LeftOut> leftOut) {}

  private static Map<String, Object> rows(Split split) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("total", split.train().length + split.test().length);
    json.put("train", split.train().length);
    json.put("test", split.test().length);
    return json;
  }

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

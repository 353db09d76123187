package dev.mlops.service.train;

import dev.mlops.service.artifact.Task;
import dev.mlops.service.data.Column;
import dev.mlops.service.onnx.OnnxModel;
import dev.mlops.service.problem.Code;
import dev.mlops.service.train.ImportRequest.Naming;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Whether a model tells classes apart, and their names in the order of its scores. */
final class ImportClasses {
  private final OnnxModel model;
  private final Naming naming;
  private final int scores;

  /**
   * @param scores how many numbers the model gives for a row
   */
  ImportClasses(OnnxModel model, Naming naming, int scores) {
    this.model = model;
    this.naming = naming;
    this.scores = scores;
  }

  /**
   * @throws dev.mlops.service.problem.ProblemException if what is declared does not fit the model
   */
  Task task() {
    boolean named = !naming.classes().isEmpty() || !model.classes().isEmpty();
    Task task = naming.task().orElse(named || scores > 1 ? Task.CLASSIFICATION : Task.REGRESSION);
    if (task == Task.REGRESSION && scores > 1) {
      throw Code.ONNX_OUTPUT.problem(
          "The model predicts " + scores + " numbers at once",
          "A regression predicts one",
          "Export it with the one number that is wanted");
    }
    return task;
  }

  /**
   * As the user says, else as the model says, else as the data says.
   *
   * @param target the data's column of the right answers, if there is data
   */
  List<String> names(Optional<Column> target, Training.Story story) {
    int classes = Math.max(2, scores);
    List<String> words = target.map(column -> column.values().words()).orElse(List.of());
    if (!naming.classes().isEmpty()) {
      return checked(naming.classes(), classes);
    }
    if (model.classes().size() == classes) {
      return covering(model.classes(), words);
    }
    if (words.size() == classes) {
      return words;
    }
    story.warning(
        "The model does not tell the names of its "
            + classes
            + " classes, so they are numbers; model.onnx.classes names them");
    return covering(IntStream.range(0, classes).mapToObj(Integer::toString).toList(), words);
  }

  private static List<String> checked(List<String> names, int classes) {
    if (names.size() != classes || names.stream().distinct().count() != classes) {
      throw Code.ONNX_CLASSES.problem(
          "model.onnx.classes names "
              + names.stream().distinct().count()
              + " classes, and the model"
              + " has "
              + classes,
          "",
          "Name each of them once, in the order of the model's scores");
    }
    return names;
  }

  private static List<String> covering(List<String> names, List<String> words) {
    words.stream()
        .filter(word -> !names.contains(word))
        .findFirst()
        .ifPresent(word -> {
          throw Code.ONNX_CLASSES.problem(
              "The data's target is \"" + word + "\", which is no class of the model",
              "The model's classes are " + String.join(", ", names),
              "Name them as the data does, in the same order: model.onnx.classes: ["
                  + String.join(", ", words)
                  + "]");
        });
    return names;
  }
}

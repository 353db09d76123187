package dev.mlops.service.train;

import dev.mlops.service.artifact.Task;
import dev.mlops.service.onnx.Scores;
import dev.mlops.service.train.TrainingRequest.Identity;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A model in ONNX form that is to be served, and what is known of it beside; {@link
 * ImportRequestReader} reads it.
 *
 * @param inputs the hashes of all that the artifact depends on
 */
public record ImportRequest(
    Identity identity, Path model, Naming naming, Optional<Table> table, Inputs inputs) {
  /**
   * What the user says of the model, where its file does not.
   *
   * @param columns a name for each value of a row, or none
   * @param classes in the order of the scores, or none
   * @param categories the words that a text input takes, by feature
   * @param target name of what is predicted
   */
  public record Naming(
      List<String> columns,
      List<String> classes,
      Map<String, List<String>> categories,
      Scores scores,
      Optional<Task> task,
      String target) {}

  /**
   * Rows to judge the model by, and to know drift from.
   *
   * @param exclude columns that are no features
   */
  public record Table(Path data, String target, Set<String> exclude) {}
}

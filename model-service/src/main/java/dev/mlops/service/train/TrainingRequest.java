package dev.mlops.service.train;

import dev.mlops.service.artifact.Task;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be trained, from what and how; {@link RequestReader} reads it.
 *
 * @param inputs the hashes of all that the artifact depends on
 */
public record TrainingRequest(
    Identity identity, Source source, Algorithm algorithm, Trial trial, Inputs inputs) {
  /**
   * @param version of mlops
   * @param git where the project is a repository
   */
  public record Identity(String name, String version, Optional<Git> git) {}

  /**
   * @param dirty whether files differ from the commit
   */
  public record Git(String commit, boolean dirty) {}

  /**
   * Where the rows come from.
   *
   * @param target the column to predict
   * @param task none to find out from the target
   * @param types what the user declares; the others are found out
   * @param exclude columns to leave out
   */
  public record Source(
      Path data,
      String target,
      Optional<Task> task,
      Map<String, DeclaredType> types,
      Set<String> exclude) {}

  /** What a column is to be taken for. */
  public enum DeclaredType {
    NUMBER,
    CATEGORY,
    BOOLEAN,
    TEXT
  }

  /**
   * How the model is tried.
   *
   * @param fraction share of the rows that training does not see
   * @param folds of the cross-validation; 0 for none
   */
  public record Trial(double fraction, int folds) {}
}

package dev.mlops.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Makes the artifact that a request asks for, wherever that is. */
public interface Trainer {
  /**
   * @param into a folder that is not there yet; it holds the whole artifact afterwards
   * @param warning takes what the user should think about, apart from progress
   * @throws dev.mlops.problem.MlopsException with training's own problem, or with what kept it from
   *     being done
   */
  void train(
      TrainingRequest request, Path into, Consumer<String> progress, Consumer<String> warning)
      throws IOException, InterruptedException;
}

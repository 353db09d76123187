package dev.mlops.image;

import java.nio.file.Path;
import java.util.Optional;

/** What an image is to do, and what that takes beside the program. */
public sealed interface Purpose {
  /**
   * Answers with a model.
   *
   * @param artifact the trained model's folder; absent where it is mounted
   */
  record Serve(Optional<Path> artifact) implements Purpose {}

  /**
   * Trains one.
   *
   * @param files a folder with a training request and its files; it lies at {@link
   *     ImageSpec#TRAINING}
   */
  record Train(Path files) implements Purpose {}

  /** Puts load on a service, as it is told when it has started. */
  record Load() implements Purpose {}
}

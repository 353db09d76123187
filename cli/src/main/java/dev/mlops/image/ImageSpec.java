package dev.mlops.image;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an image is made of. Equal specs over equal files give equal images.
 *
 * @param name the project's name, such as {@code iris}
 * @param base {@code auto}, {@code host}, or a reference to an image in a registry
 * @param program the folder with {@code model-service.jar} and {@code lib/*.jar}; to put load on a
 *     service, the folder with the jars of this tool
 * @param environment variables of the container, beside the ones every image has
 * @param labels labels beside the ones every image has
 */
public record ImageSpec(
    String name,
    String base,
    Path program,
    Purpose purpose,
    Map<String, String> environment,
    Map<String, String> labels) {
  public static final String AUTO = "auto";
  public static final String HOST = "host";
  public static final String TRAINING = "/app/training";

  public ImageSpec {
    environment = sorted(environment);
    labels = sorted(labels);
  }

  /** An image that serves. */
  public ImageSpec(
      String name,
      String base,
      Path service,
      Optional<Path> artifact,
      Map<String, String> environment,
      Map<String, String> labels) {
    this(name, base, service, new Purpose.Serve(artifact), environment, labels);
  }

  /** The trained model's folder; absent in an image that gets it mounted, or needs none. */
  Optional<Path> artifact() {
    return purpose instanceof Purpose.Serve(Optional<Path> folder) ? folder : Optional.empty();
  }

  /** A folder with a training request and its files, in an image that is to train. */
  Optional<Path> training() {
    return purpose instanceof Purpose.Train(Path files) ? Optional.of(files) : Optional.empty();
  }

  /** Whether the model is in ONNX form, so that the image needs what runs such models. */
  boolean isOnnx() {
    return artifact().filter(folder -> Files.exists(folder.resolve("model.onnx"))).isPresent();
  }

  /** The same service, that trains. */
  public ImageSpec withTraining(Path folder) {
    return new ImageSpec(name, base, program, new Purpose.Train(folder), environment, labels);
  }

  private static Map<String, String> sorted(Map<String, String> values) {
    return Collections.unmodifiableMap(new TreeMap<>(values));
  }
}

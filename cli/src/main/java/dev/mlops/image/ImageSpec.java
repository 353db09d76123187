package dev.mlops.image;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an image is made of. Equal specs over equal files give equal images.
 *
 * @param name the project's name, such as {@code iris}
 * @param base {@code auto}, {@code host}, or a reference to an image in a registry
 * @param service the folder with {@code model-service.jar} and {@code lib/*.jar}
 * @param artifact the trained model's folder; absent in an image that gets it mounted
 * @param training a folder with a training request and its files, in an image that is to train; it
 *     lies at {@link #TRAINING}
 * @param environment variables of the container, beside the ones every image has
 * @param labels labels beside the ones every image has
 */
public record ImageSpec(
    String name,
    String base,
    Path service,
    Optional<Path> artifact,
    Optional<Path> training,
    Map<String, String> environment,
    Map<String, String> labels) {

  public static final String AUTO = "auto";
  public static final String HOST = "host";
  public static final String TRAINING = "/app/training";

  public ImageSpec {
    environment = sorted(environment);
    labels = sorted(labels);
  }

  /** Whether the model is in ONNX form, so that the image needs what runs such models. */
  boolean isOnnx() {
    return artifact.filter(folder -> Files.exists(folder.resolve("model.onnx"))).isPresent();
  }

  /** An image that serves. */
  public ImageSpec(
      String name,
      String base,
      Path service,
      Optional<Path> artifact,
      Map<String, String> environment,
      Map<String, String> labels) {
    this(name, base, service, artifact, Optional.empty(), environment, labels);
  }

  /** The same service, that trains. */
  public ImageSpec withTraining(Path folder) {
    return new ImageSpec(
        name, base, service, Optional.empty(), Optional.of(folder), environment, labels);
  }

  private static Map<String, String> sorted(Map<String, String> values) {
    return java.util.Collections.unmodifiableMap(new TreeMap<>(values));
  }
}

package dev.mlops.training;

import dev.mlops.problem.Code;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the tool itself lies: {@code lib/} with its jars, {@code service/} with the model service.
 *
 * @param home the folder that holds both
 */
public record Installation(Path home) {
  /**
   * The folder above the jar that this class came from; {@code -Dmlops.dist} overrides it for
   * tests, which run from a folder of classes.
   */
  public static Installation locate() {
    String dist = System.getProperty("mlops.dist");
    return new Installation(dist == null ? besideOwnJar() : Path.of(dist));
  }

  /** The model service as it goes into an image: {@code model-service.jar} and {@code lib/}. */
  public Path service() {
    return home.resolve("service");
  }

  /** This tool's own jars and those that it needs. */
  public Path jars() {
    return home.resolve("lib");
  }

  public Path serviceJar() {
    Path jar = service().resolve("model-service.jar");
    if (!Files.isRegularFile(jar)) {
      throw Code.INSTALLATION.problem(
          "The model service is not where it belongs: " + jar,
          "The installation is not whole.",
          "Unpack the release again or, from its sources: ./mvnw package -DskipTests");
    }
    return jar;
  }

  private static Path besideOwnJar() {
    try {
      var source = Installation.class.getProtectionDomain().getCodeSource().getLocation();
      Path jar = Path.of(source.toURI());
      return jar.getParent().getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}

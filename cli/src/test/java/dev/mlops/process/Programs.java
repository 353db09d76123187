package dev.mlops.process;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of others that a test compares with, and that no user needs. */
public final class Programs {
  private Programs() {}

  /** The first of that name on the path. */
  public static Optional<Path> find(String name) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Skips the test, visibly, where it is not on the path. */
  public static Path require(String name) {
    Optional<Path> found = find(name);
    assumeTrue(found.isPresent(), name + " is not on the path");
    return found.orElseThrow();
  }
}

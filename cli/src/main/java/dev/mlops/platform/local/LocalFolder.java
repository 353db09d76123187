package dev.mlops.platform.local;

import dev.mlops.platform.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The files of one environment; everything that the platform keeps is below {@code root}. */
record LocalFolder(Path root) {
  LocalFolder {
    root = root.toAbsolutePath().normalize();
  }

  /** As a person in the current folder would write it. */
  Path fromHere() {
    Path here = Path.of("").toAbsolutePath();
    return root.startsWith(here) ? here.relativize(root) : root;
  }

  boolean exists() {
    return Files.isDirectory(root);
  }

  /** What shall run. */
  Path state() {
    return root.resolve("state.json");
  }

  /** What has run, for going back. */
  Path releases() {
    return root.resolve("releases.json");
  }

  /** Where the supervisor is found. */
  Path supervisor() {
    return root.resolve("supervisor.json");
  }

  Path supervisorJars() {
    return root.resolve("supervisor");
  }

  Path supervisorLog() {
    return root.resolve("supervisor.log");
  }

  Path logs() {
    return root.resolve("logs");
  }

  Path images() {
    return root.resolve("images");
  }

  Path image(Digest digest) {
    return images().resolve(digest.hex());
  }

  /** Bytes of the files below a path; 0 where nothing is. */
  static long sizeOf(Path path) {
    try (Stream<Path> files = Files.walk(path)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException | UncheckedIOException e) {
      return 0; // it is being removed under our eyes
    }
  }
}

package dev.mlops.step;

import dev.mlops.training.Artifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of the accepted model. A folder can't be replaced in one operation, so the former one
 * is moved aside first; a process killed between the two moves leaves it there, and the next look
 * puts it back.
 */
final class ArtifactFolder {
  private final Path folder;

  ArtifactFolder(Path folder) {
    this.folder = folder;
  }

  Path path() {
    return folder;
  }

  Optional<Artifact> current() throws IOException {
    if (!Files.exists(folder) && Files.exists(beside("former"))) {
      Files.move(beside("former"), folder);
    }
    return Artifact.read(folder);
  }

  /** An empty place for the next model, on the same file system. */
  Path candidate() throws IOException {
    Files.createDirectories(folder.toAbsolutePath().getParent());
    delete(beside("candidate"));
    return beside("candidate");
  }

  Artifact accept(Path candidate) throws IOException {
    delete(beside("former"));
    if (Files.exists(folder)) {
      Files.move(folder, beside("former"));
    }
    Files.move(candidate, folder);
    delete(beside("former"));
    delete(beside("rejected"));
    return Artifact.read(folder).orElseThrow();
  }

  void reject(Path candidate) throws IOException {
    delete(beside("rejected"));
    Files.move(candidate, beside("rejected"));
  }

  private Path beside(String what) {
    return folder.resolveSibling(folder.getFileName() + "." + what);
  }

  private static void delete(Path tree) throws IOException {
    if (Files.exists(tree)) {
      try (Stream<Path> files = Files.walk(tree)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}

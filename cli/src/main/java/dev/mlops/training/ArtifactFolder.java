package dev.mlops.training;

import dev.mlops.image.FileTree;
import dev.mlops.platform.EnvironmentLock;
import dev.mlops.problem.DiskFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder of the accepted model. A folder can't be replaced in one operation, so the former one
 * is moved aside first, by the name that the model service uses for the same; where a process was
 * killed between the two moves, that one counts, and {@link #recover} puts it back.
 */
public final class ArtifactFolder {
  private final Path folder;

  public ArtifactFolder(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  public Path path() {
    return folder;
  }

  /** Reads only: another process may be in the midst of replacing it. */
  public Optional<Artifact> current() {
    return Artifact.read(folder).or(() -> Artifact.read(former()));
  }

  /** Puts back what an interrupted replacement has left aside; to be done before all work. */
  public void recover() {
    if (!isBetweenMoves()) {
      return;
    }
    try (var _ = lock("recover")) {
      if (isBetweenMoves()) {
        Files.move(former(), folder);
      }
    } catch (IOException e) {
      throw DiskFaults.writing(folder, e);
    }
  }

  /**
   * To be held by who trains: environments have their own locks, but may have a model in common.
   */
  public EnvironmentLock lock(String command) {
    return EnvironmentLock.acquire(beside("lock"), command);
  }

  /** An empty place for the next model, on the same file system. */
  public Path candidate() throws IOException {
    Files.createDirectories(folder.getParent());
    FileTree.delete(beside("candidate"));
    return beside("candidate");
  }

  public Artifact accept(Path candidate) throws IOException {
    FileTree.delete(former());
    if (Files.exists(folder)) {
      Files.move(folder, former());
    }
    Files.move(candidate, folder);
    FileTree.delete(former());
    FileTree.delete(rejected());
    return Artifact.read(folder).orElseThrow();
  }

  /** Keeps it for the user to look at. */
  public void reject(Path candidate) throws IOException {
    FileTree.delete(rejected());
    Files.move(candidate, rejected());
  }

  private boolean isBetweenMoves() {
    return !Files.exists(folder) && Files.exists(former());
  }

  private Path former() {
    return beside("old");
  }

  private Path rejected() {
    return folder.resolveSibling(folder.getFileName() + ".rejected");
  }

  private Path beside(String what) {
    return folder.resolveSibling("." + folder.getFileName() + "." + what);
  }
}

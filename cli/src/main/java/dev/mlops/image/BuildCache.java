package dev.mlops.image;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Folders that are dear to make, kept by the hash of what they were made from. Any number of
 * processes may share one: an entry appears whole, and the first to finish makes it for all.
 *
 * @param root of this tool's own; what nobody used for a month is removed from it
 */
record BuildCache(Path root) {
  private static final Duration KEPT_UNUSED = Duration.ofDays(30);

  interface Maker {
    /**
     * @param folder empty; becomes the entry if this returns normally
     */
    void make(Path folder) throws IOException, InterruptedException;
  }

  Optional<Path> find(String kind, String key) {
    Path entry = root.resolve(kind).resolve(key);
    return Files.isDirectory(entry) ? Optional.of(entry) : Optional.empty();
  }

  Path get(String kind, String key, Maker maker) throws IOException, InterruptedException {
    Optional<Path> there = find(kind, key);
    if (there.isPresent()) {
      Files.setLastModifiedTime(there.get(), FileTime.from(Instant.now()));
      return there.get();
    }
    Path entry = root.resolve(kind).resolve(key);
    try (WorkFolder work = WorkFolder.beside(entry)) {
      Path made = Files.createDirectory(work.path().resolve("made"));
      maker.make(made);
      publish(made, entry);
    }
    sweep(root.resolve(kind));
    return entry;
  }

  private static void publish(Path made, Path entry) throws IOException {
    try {
      Files.move(made, entry, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.isDirectory(entry)) {
        throw e;
      }
      // Another process was first. Its folder counts, so that both build the same image.
      return;
    }
    Files.setLastModifiedTime(entry, FileTime.from(Instant.now()));
  }

  /** Removes the entries of a folder that nobody used for long. */
  static void sweep(Path folder) throws IOException {
    Instant limit = Instant.now().minus(KEPT_UNUSED);
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (isOlder(entry, limit)) {
          FileTree.delete(entry);
        }
      }
    }
  }

  private static boolean isOlder(Path entry, Instant limit) throws IOException {
    try {
      return Files.getLastModifiedTime(entry).toInstant().isBefore(limit);
    } catch (NoSuchFileException e) {
      // The work folder of another process, which has just been done with it.
      return false;
    }
  }
}

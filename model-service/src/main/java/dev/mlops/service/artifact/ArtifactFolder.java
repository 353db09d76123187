package dev.mlops.service.artifact;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * Where an artifact is published: the folder holds the former artifact or the new one, never a part
 * of either. A new one is written beside it and takes its place by a rename.
 */
public final class ArtifactFolder {
  private final Path folder;
  private final Path coming;
  private final Path leaving;

  /** Nothing is touched yet. */
  public ArtifactFolder(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
    String name = String.valueOf(this.folder.getFileName());
    this.coming = this.folder.resolveSibling("." + name + ".new");
    this.leaving = this.folder.resolveSibling("." + name + ".old");
  }

  /**
   * Sweeps up what an interrupted run has left, and brings the former artifact back if it was
   * interrupted in the very moment of the change.
   */
  public void recover() throws IOException {
    if (Files.isDirectory(leaving) && !Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      move(leaving, folder);
    }
    delete(leaving);
    delete(coming);
  }

  /** Puts the artifact in the place of the former one. */
  public void publish(Artifact artifact) throws IOException {
    recover();
    Files.createDirectories(coming);
    for (Map.Entry<String, ByteString> file : artifact.files().entrySet()) {
      write(coming.resolve(file.getKey()), file.getValue());
    }
    force(coming);
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      move(folder, leaving);
    }
    move(coming, folder);
    force(folder.getParent());
    delete(leaving);
  }

  private static void write(Path file, ByteString content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (var buffer : content.asReadOnlyByteBufferList()) {
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      }
      channel.force(true);
    }
  }

  /** Makes renames in a folder last; not every system can open one. */
  private static void force(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows refuses, and keeps its own journal.
    }
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void delete(Path folder) throws IOException {
    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        for (Path file : files) {
          delete(file);
        }
      }
    }
    Files.deleteIfExists(folder);
  }
}

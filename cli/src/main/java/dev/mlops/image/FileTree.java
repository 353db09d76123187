package dev.mlops.image;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;

/** Folders as wholes: listed in one order, stamped, put in place in one move, removed. */
public final class FileTree {
  /**
   * The time of every file in an image. Not zero, which some tools take for "unknown"; the JVM
   * compares it when it opens an AOT cache.
   */
  static final Instant TIME = Instant.ofEpochSecond(1);

  private FileTree() {}

  /** Every file below, links followed, sorted by path. */
  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Gives every file and folder the {@link #TIME}. */
  static void stamp(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.toList()) {
        if (!Files.isSymbolicLink(path)) {
          Files.setLastModifiedTime(path, FileTime.from(TIME));
        }
      }
    }
  }

  /** Puts a finished folder where readers look; what was there is whole until that moment. */
  static void replace(Path finished, Path target) throws IOException {
    if (!Files.exists(target)) {
      Files.move(finished, target, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    try (WorkFolder work = WorkFolder.beside(target)) {
      Files.move(target, work.path().resolve("former"), StandardCopyOption.ATOMIC_MOVE);
      Files.move(finished, target, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Removes what is there, if it is; never follows a link. Others may remove it meanwhile. */
  public static void delete(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(path, new Removal());
  }

  private static final class Removal extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
        throws IOException {
      if (dir.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        // An image may hold folders that not even their owner may write to.
        var permissions = EnumSet.copyOf(Files.getPosixFilePermissions(dir));
        if (permissions.addAll(
            List.of(
                PosixFilePermission.OWNER_READ,
                PosixFilePermission.OWNER_WRITE,
                PosixFilePermission.OWNER_EXECUTE))) {
          Files.setPosixFilePermissions(dir, permissions);
        }
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path dir, IOException failure) throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.deleteIfExists(dir);
      return FileVisitResult.CONTINUE;
    }
  }
}

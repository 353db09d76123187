package dev.mlops.image;

import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Failures of files and folders, in the user's words. */
final class DiskProblems {
  private DiskProblems() {}

  static MlopsException reading(Path path, IOException cause) {
    String why =
        switch (cause) {
          case NoSuchFileException _ -> "It is not there.";
          case AccessDeniedException _ -> "This user may not read it.";
          default -> "";
        };
    return Code.IMAGE_INPUT.problem("Can't read " + path, why, "Look at it: ls -l " + path, cause);
  }

  static MlopsException writing(Path path, IOException cause) {
    return isDiskFull(cause)
        ? Code.IMAGE_DISK.problem(
            "No space left to write " + path,
            "The disk or the quota is full.",
            "See what is full: df -h " + path.toAbsolutePath().getParent(),
            cause)
        : Code.IMAGE_DISK.problem(
            "Can't write " + path,
            cause instanceof AccessDeniedException ? "This user may not write there." : "",
            "See who may: ls -ld " + path.toAbsolutePath().getParent(),
            cause);
  }

  /** Whether writing below a folder failed, rather than reading what was to be written. */
  static boolean isOfDisk(IOException cause, Path folder) {
    return isDiskFull(cause)
        || (cause instanceof FileSystemException failure
            && failure.getFile() != null
            && Path.of(failure.getFile())
                .toAbsolutePath()
                .startsWith(folder.toAbsolutePath().getParent()));
  }

  static boolean isDiskFull(Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      String message = t.getMessage();
      if (message != null
          && (message.contains("No space left on device")
              || message.contains("Disk quota exceeded")
              || message.contains("not enough space on the disk"))) {
        return true;
      }
    }
    return false;
  }
}

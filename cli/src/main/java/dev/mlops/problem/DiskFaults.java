package dev.mlops.problem;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** What went wrong with a file or folder, in the user's words. */
public final class DiskFaults {
  private DiskFaults() {}

  public static MlopsException writing(Path path, IOException cause) {
    return isFull(cause)
        ? Code.DISK_FULL.problem(
            "There is no room left to write " + path,
            "The disk or the quota is full. What was there before is unchanged.",
            "See what is full: df -h " + ShellWord.of(folder(path)),
            cause)
        : Code.DISK_NOT_WRITABLE.problem(
            "Can't write " + path,
            why(cause),
            "See who may: ls -ld " + ShellWord.of(folder(path)),
            cause);
  }

  /** Why nothing could be written; empty where only the system's own words say. */
  public static String why(IOException cause) {
    if (isFull(cause)) {
      return "The disk or the quota is full.";
    }
    return cause instanceof AccessDeniedException ? "This user may not write there." : "";
  }

  public static MlopsException reading(Path path, IOException cause) {
    String why =
        switch (cause) {
          case NoSuchFileException _ -> "It is not there.";
          case AccessDeniedException _ -> "This user may not read it.";
          default -> "";
        };
    return Code.DISK_UNREADABLE.problem(
        "Can't read " + path, why, "Look at it: ls -l " + ShellWord.of(path), cause);
  }

  /** A file that can be read, but holds something else than was written to it. */
  public static MlopsException damaged(Path path, Exception cause) {
    return Code.DISK_UNREADABLE.problem(
        "Can't make sense of " + path,
        "It was damaged, or changed by hand.",
        "Look at it; where it is not there, `mlops up` starts afresh.",
        cause);
  }

  /** Whether writing below a folder failed, rather than reading what was to be written. */
  public static boolean isOfDisk(IOException cause, Path folder) {
    return isFull(cause)
        || (cause instanceof FileSystemException failure
            && failure.getFile() != null
            && Path.of(failure.getFile()).toAbsolutePath().startsWith(folder(folder)));
  }

  /** By what operating systems say, as Java has no exception for it. */
  public static boolean isFull(Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      String text = String.valueOf(t.getMessage()).toLowerCase(Locale.ROOT);
      if (text.contains("no space left")
          || text.contains("not enough space on the disk")
          || text.contains("quota exceeded")) {
        return true;
      }
    }
    return false;
  }

  /** That is still there when somebody looks: folders for work in progress go with the command. */
  private static Path folder(Path path) {
    Path folder = path.toAbsolutePath();
    do {
      folder = folder.getParent() == null ? folder : folder.getParent();
    } while (String.valueOf(folder.getFileName()).startsWith(".work-"));
    return folder;
  }
}

package dev.mlops.problem;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Locale;

/** What went wrong with a file, in the user's words. */
public final class DiskFaults {
  private DiskFaults() {}

  public static MlopsException writing(Path path, IOException e) {
    if (isFull(e)) {
      return Code.LOCAL_DISK_FULL.problem(
          "There is no room left to write " + path,
          "What was there before is unchanged.",
          "Make room on that disk and run the command again.",
          e);
    }
    return Code.LOCAL_NOT_WRITABLE.problem(
        "Can't write " + path,
        e instanceof AccessDeniedException ? "The user who runs mlops may not write there." : "",
        "Make the folder writable: " + path.getParent(),
        e);
  }

  public static MlopsException unreadable(Path path, Exception e) {
    return Code.LOCAL_NOT_WRITABLE.problem(
        "Can't read " + path,
        "It is damaged, or the user who runs mlops may not read it.",
        "Look at it; without that file `mlops up` starts afresh.",
        e);
  }

  public static boolean isFull(IOException e) {
    String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return text.contains("no space left")
        || text.contains("not enough space")
        || text.contains("quota exceeded");
  }
}

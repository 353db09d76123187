package dev.mlops.platform.local;

import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Locale;

/** What went wrong with a file, in the user's words. */
final class DiskFaults {
  private DiskFaults() {}

  static MlopsException writing(Path path, IOException e) {
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

  static MlopsException unreadable(Path path, Exception e) {
    return Code.LOCAL_NOT_WRITABLE.problem(
        "Can't read " + path,
        "It is damaged, or the user who runs mlops may not read it.",
        "Look at it; without that file `mlops up` starts afresh.",
        e);
  }

  static boolean isFull(IOException e) {
    String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return text.contains("no space left")
        || text.contains("not enough space")
        || text.contains("quota exceeded");
  }
}

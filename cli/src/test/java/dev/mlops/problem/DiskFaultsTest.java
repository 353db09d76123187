package dev.mlops.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class DiskFaultsTest {
  private final IOException full = new IOException("No space left on device");

  @Test
  void whyNothingCanBeWrittenIsSaidWhereItIsKnown() {
    assertEquals("The disk or the quota is full.", DiskFaults.why(full));
    assertEquals(
        "This user may not write there.", DiskFaults.why(new AccessDeniedException("/etc/x")));
    assertEquals("", DiskFaults.why(new IOException("Input/output error")));
  }

  @Test
  void theFolderToLookAtIsOneThatStaysThere() {
    Path archive = Path.of("/data/images/.work-17-42/image.tar");
    String next = DiskFaults.writing(archive, full).problem().next();
    assertTrue(next.endsWith("df -h /data/images"), next);
  }
}

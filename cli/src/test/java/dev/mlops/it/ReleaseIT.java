package dev.mlops.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From what was built to a project's script: the release workflow's own steps, one by one. */
final class ReleaseIT {
  @TempDir private Path temp;

  @Test
  void whatIsPackedStartsAndItsProjectsFetchIt() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no /bin/sh");
    try (var release = new ReleaseServer(temp.resolve("build"))) {
      String said = ReleaseServer.step("try", "What was packed starts", release.folder());
      assertTrue(said.contains("mlops " + ReleaseServer.tag().substring(1) + ","), said);

      String unpacked = "mlops-" + ReleaseServer.tag().substring(1);
      String forWindows =
          Files.readString(release.folder().resolve(unpacked).resolve("bin/mlops.cmd"));
      assertFalse(
          forWindows.replace("\r\n", "").contains("\n"), "cmd.exe loses labels after such ends");

      Path project = release.folder().resolve("project");
      Map<String, String> runner =
          Map.of(
              "XDG_CACHE_HOME", temp.resolve("cache").toString(), "MLOPS_RELEASES", release.url());
      ReleaseServer.shell("./mlopsw --version", project, runner);
      String again = ReleaseServer.shell("./mlopsw ci check -q", project, runner);
      assertEquals(1, release.served(), "the second run has it: " + again);
    }
  }
}

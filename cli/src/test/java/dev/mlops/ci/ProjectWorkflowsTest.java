package dev.mlops.ci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Our own workflows keep the rules that we write for others. */
class ProjectWorkflowsTest {
  private static final Path PROJECT = Path.of("..");

  @Test
  void oursAreSoundByThreeReaders() throws Exception {
    List<Path> files = WorkflowCheck.files(PROJECT);
    assertTrue(files.size() >= 2, files.toString());
    for (Path file : files) {
      assertEquals(List.of(), WorkflowCheck.check(file));
      new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    }
    Actionlint.assertClean(files);
  }
}

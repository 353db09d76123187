package dev.mlops.ci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.ci.StampedFile.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StampedFileTest {
  @TempDir private Path project;

  @Test
  void whatNobodyHasChangedFollowsTheTool() throws IOException {
    assertEquals(Outcome.WRITTEN, write("a: 1\n", false).outcome());
    assertEquals(Outcome.UNCHANGED, write("a: 1\n", false).outcome());
    assertEquals(Outcome.UPDATED, write("a: 2\n", false).outcome());
    assertTrue(Files.readString(file()).startsWith("a: 2\n# As mlops wrote it: "));
  }

  @Test
  void whatSomebodyHasChangedStaysAndTheDifferenceIsShown() throws IOException {
    write("a: 1\nb: 1\n", false);
    String mine = Files.readString(file()).replace("b: 1", "b: mine");
    Files.writeString(file(), mine);
    StampedFile.Result result = write("a: 2\nb: 1\n", false);

    assertEquals(Outcome.KEPT, result.outcome());
    assertEquals(mine, Files.readString(file()));
    assertTrue(
        result.difference().lines().toList().containsAll(List.of("-a: 1", "-b: mine", "+a: 2")),
        result.difference());
    assertEquals(Outcome.REPLACED, write("a: 2\nb: 1\n", true).outcome());
    assertEquals(Outcome.UNCHANGED, write("a: 2\nb: 1\n", false).outcome());
  }

  @Test
  void aFileOfSomebodyElseIsNotOurs() throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "mine\n");

    assertEquals(Outcome.KEPT, write("a: 1\n", false).outcome());
  }

  @Test
  void scriptsCanBeRun() {
    new StampedFile(project, "run", "#!/bin/sh\n").write(false);

    assertTrue(Files.isExecutable(project.resolve("run")));
  }

  private Path file() {
    return project.resolve(".github/workflows/x.yml");
  }

  private StampedFile.Result write(String text, boolean force) {
    return new StampedFile(project, ".github/workflows/x.yml", text).write(force);
  }
}

package dev.mlops.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mlops.process.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GitStateTest {
  @TempDir private Path repository;

  @BeforeEach
  void needsGit() {
    Programs.require("git");
  }

  @Test
  void isTheCommitAndWhetherTrackedFilesDiffer() throws Exception {
    git("init", "--quiet");
    assertEquals(Optional.empty(), GitState.of(repository), "no commit yet");
    Files.writeString(repository.resolve("data.csv"), "a\n1\n");
    git("add", "data.csv");
    git("commit", "--quiet", "--message", "First");
    String commit = git("rev-parse", "HEAD").strip();
    assertEquals(Optional.of(new GitState(commit, false)), GitState.of(repository));

    Files.writeString(repository.resolve("notes.txt"), "not tracked");
    assertEquals(Optional.of(new GitState(commit, false)), GitState.of(repository));

    Files.writeString(repository.resolve("data.csv"), "a\n2\n");
    assertEquals(Optional.of(new GitState(commit, true)), GitState.of(repository));
  }

  @Test
  void aFolderWithoutARepositoryHasNone() throws Exception {
    assertEquals(Optional.empty(), GitState.of(repository));
    assertEquals(Optional.empty(), GitState.of(repository.resolve("nowhere")));
  }

  private String git(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "git",
                "-C",
                repository.toString(),
                "-c",
                "user.name=Test",
                "-c",
                "user.email=test@example.com",
                "-c",
                "commit.gpgsign=false"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }
}

package dev.mlops.problem;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShellWordTest {
  private static final List<String> WORDS =
      List.of("iris", "my model", "ada's", "$HOME", "größe", "a;b", "", "a\nb", "*", "~", "\"");

  @Test
  void whatIsOneWordStaysAsItIs() {
    assertEquals(
        "kubectl --context a@b/c:d get",
        ShellWord.line(List.of("kubectl", "--context", "a@b/c:d", "get")));
    assertEquals("'my model'", ShellWord.of(Path.of("my model")));
  }

  @Test
  void aShellReadsTheSameWords() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there is no shell");
    String line = "printf '%s|' " + ShellWord.line(WORDS);
    Process shell = new ProcessBuilder("/bin/sh", "-c", line).redirectErrorStream(true).start();
    assertEquals(
        String.join("|", WORDS) + "|", new String(shell.getInputStream().readAllBytes(), UTF_8));
  }
}

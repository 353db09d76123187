package dev.mlops.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** With real processes: a parent in a JVM of its own, which is killed. */
@DisabledOnOs(OS.WINDOWS)
final class TieTest {
  private static final List<String> LONG = List.of("/bin/sleep", "600");

  /** Starts a program and says its pid. */
  static final class Parent {
    public static void main(String[] args) throws IOException, InterruptedException {
      Process child = new ProcessBuilder(Tie.to(LONG)).start();
      System.out.println(child.pid());
      child.waitFor();
    }
  }

  @Test
  void endsWithItsParentHoweverThatEnds() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines = parent.inputReader(UTF_8)) {
      ProcessHandle child = ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();
      assertTrue(child.isAlive());
      parent.destroyForcibly();
      child.onExit().get(30, TimeUnit.SECONDS);
    } finally {
      parent.destroyForcibly();
    }
  }

  @Test
  void passesOnArgumentsOutputAndExitCodeAsTheyAre() throws Exception {
    List<String> command =
        List.of("/bin/sh", "-c", "printf '%s|' \"$@\"; exit 7", "sh", "a b", "", "$HOME 'x'");
    Process child = new ProcessBuilder(Tie.to(command)).start();
    String output = new String(child.getInputStream().readAllBytes(), UTF_8);
    assertEquals(7, child.waitFor());
    assertEquals("a b||$HOME 'x'|", output);
  }
}

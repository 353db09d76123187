package dev.mlops.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Runs the built tool as a user would, in a process of its own, in one folder.
 *
 * @param variables of its environment, beside those that are there
 */
record Tool(Path folder, Map<String, String> variables) {
  /** Its bit in the masks of signals that Linux shows. */
  private static final long SIGINT = 0b10;

  Tool(Path folder) {
    this(folder, Map.of());
  }

  /** What one run gave back. */
  record Result(int status, String out, String err) {
    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(out);
    }

    Result expect(int wanted) {
      assertEquals(wanted, status, () -> "exit code; stdout:\n" + out + "\nstderr:\n" + err);
      return this;
    }
  }

  static Path dist() {
    return Path.of(System.getProperty("mlops.dist"));
  }

  Result run(String... args) throws IOException, InterruptedException {
    Process process = start(args);
    CompletableFuture<String> err =
        CompletableFuture.supplyAsync(() -> readAll(process.getErrorStream()));
    String out = readAll(process.getInputStream());
    return new Result(process.waitFor(), out, err.join());
  }

  Process start(String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                dist().resolve("lib/mlops-cli.jar").toString(),
                "dev.mlops.Main"));
    command.addAll(List.of(args));
    Files.createDirectories(folder);
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("MLOPS_"));
    builder.environment().putAll(variables);
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    return builder.start();
  }

  /** Skips a test before it has begun anything that only {@link #interrupt} would end. */
  static void requireInterrupts() throws IOException {
    if (ignoresInterrupts(ProcessHandle.current().pid())) {
      abort("Ctrl-C is ignored by whoever started the tests, and so by the tool");
    }
  }

  /**
   * As Ctrl-C does. What a shell started with that signal ignored, such as by nohup, can't get it.
   */
  static void interrupt(Process process) throws IOException, InterruptedException {
    if (ignoresInterrupts(process.pid())) {
      process.destroyForcibly().waitFor();
      abort("Ctrl-C is ignored by whoever started the tests, and so by the tool");
    }
    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
  }

  private static boolean ignoresInterrupts(long pid) throws IOException {
    Path status = Path.of("/proc", String.valueOf(pid), "status");
    if (!Files.exists(status)) {
      return false;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .map(line -> line.substring("SigIgn:".length()).strip())
        .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) & SIGINT) != 0);
  }

  private static String readAll(java.io.InputStream in) {
    try {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

package dev.mlops.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mlops.process.Tie;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end within a time, and never leaves it behind: it ends with this one. */
final class ChildProcess {
  /** The end of its output, which tells what went wrong. */
  private static final int KEPT_CHARACTERS = 2_000;

  private ChildProcess() {}

  /**
   * @param environment the whole of it: nothing is inherited
   * @throws IOException with the end of the program's output if it fails or takes too long
   */
  static void run(
      List<String> command, Path folder, Map<String, String> environment, Duration limit)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("mlops-", ".out");
    try {
      Process process = start(command, folder, environment, output);
      try {
        boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended || process.exitValue() != 0) {
          String how = ended ? "exit code " + process.exitValue() : "no end after " + limit;
          throw new IOException(how + "\n" + tail(output));
        }
      } finally {
        process.destroyForcibly().waitFor();
      }
    } finally {
      Files.deleteIfExists(output);
    }
  }

  static Process start(
      List<String> command, Path folder, Map<String, String> environment, Path output)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(Tie.to(command)).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
  }

  static String tail(Path output) throws IOException {
    String text = new String(Files.readAllBytes(output), UTF_8).strip();
    return text.substring(Math.max(0, text.length() - KEPT_CHARACTERS));
  }
}

package dev.mlops.service.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The service as a process of its own, on the class path of the tests. */
final class ServiceProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;
  private final List<String> lines = new ArrayList<>();

  ServiceProcess(String word, Map<String, String> environment) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.mlops.service.Main",
            word);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment);
    process = builder.start();
    out = process.inputReader(UTF_8);
  }

  /** The next line of the log that has the text; fails at the log's end. */
  String awaitLine(String text) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      lines.add(line);
      if (line.contains(text)) {
        return line;
      }
    }
    throw new AssertionError("no '" + text + "' in " + lines);
  }

  /** Sends SIGTERM. By the handle: the process itself would close its output, too. */
  void terminate() {
    process.toHandle().destroy();
  }

  /** Reads the log to its end and waits for the exit code. */
  int exitCode() throws IOException, InterruptedException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      lines.add(line);
    }
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new AssertionError("still runs after " + lines);
    }
    return process.exitValue();
  }

  List<String> lines() {
    return lines;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

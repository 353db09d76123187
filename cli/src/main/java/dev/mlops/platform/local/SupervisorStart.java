package dev.mlops.platform.local;

import dev.mlops.problem.Code;
import dev.mlops.problem.DiskFaults;
import dev.mlops.process.Jdk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Starts a {@link Supervisor} from the class path of the command line, by the same Java. */
final class SupervisorStart {
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final long POLL_MILLIS = 10;
  private static final long MOST_LOG_BYTES = 1_000_000;
  private static final int TAIL_LINES = 20;

  private final LocalFolder folder;

  SupervisorStart(LocalFolder folder) {
    this.folder = folder;
  }

  /** Returns when it listens to commands. */
  SupervisorId run() throws InterruptedException {
    Process process = start();
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<SupervisorId> found =
          SupervisorId.read(folder).filter(id -> id.process().isPresent());
      if (found.isPresent()) {
        return found.get();
      }
      if (!process.isAlive()) {
        throw failed("It ended with exit code " + process.exitValue() + ".");
      }
      Thread.sleep(POLL_MILLIS);
    }
    process.destroyForcibly();
    throw failed("It did not answer within " + LONGEST.toSeconds() + " s.");
  }

  /** The end of its log, for an error's cause. */
  static String tail(LocalFolder folder) {
    try (Stream<String> lines = Files.lines(folder.supervisorLog())) {
      List<String> all = lines.toList();
      return String.join("\n", all.subList(Math.max(0, all.size() - TAIL_LINES), all.size()));
    } catch (IOException | UncheckedIOException e) {
      return "";
    }
  }

  private Process start() {
    try {
      Files.createDirectories(folder.root());
      Files.deleteIfExists(folder.supervisor());
      if (folder.supervisorLog().toFile().length() > MOST_LOG_BYTES) {
        Files.delete(folder.supervisorLog());
      }
      String classPath = ClassPathCopy.into(folder.supervisorJars());
      var log = ProcessBuilder.Redirect.appendTo(folder.supervisorLog().toFile());
      var builder =
          new ProcessBuilder(command(classPath)).redirectErrorStream(true).redirectOutput(log);
      builder.directory(folder.root().toFile());
      builder.environment().put(Launch.MARKER, folder.root().toString());
      Process process = builder.start();
      process.getOutputStream().close();
      return process;
    } catch (IOException e) {
      throw DiskFaults.writing(folder.root(), e);
    }
  }

  private List<String> command(String classPath) {
    List<String> command = new ArrayList<>();
    command.add(Jdk.java());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-Xmx128m",
            "-XX:MaxDirectMemorySize=128m",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            classPath,
            Supervisor.class.getName(),
            folder.root().toString()));
    return command;
  }

  private RuntimeException failed(String why) {
    return Code.LOCAL_START_FAILED.problem(
        "The supervisor did not start",
        why,
        "Look at " + folder.supervisorLog(),
        new IOException(tail(folder)));
  }
}

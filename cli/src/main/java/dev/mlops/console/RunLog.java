package dev.mlops.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mlops.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Keeps the stack traces that the terminal does not show, in the user's state folder. */
final class RunLog {
  private static final long ROTATE_AT_BYTES = 1 << 20;

  private RunLog() {}

  /**
   * Appends the stack trace.
   *
   * @return the log file's path, or nothing if it could not be written: a failing log must not hide
   *     the failure that it was to tell of
   */
  static Optional<String> write(Problem problem, Throwable thrown, Map<String, String> environ) {
    try {
      Path file = folder(environ).resolve("mlops.log");
      Files.createDirectories(file.getParent());
      rotate(file);
      String entry =
          Instant.now() + " " + problem.code().id() + "\n" + ProblemText.stackTrace(thrown) + "\n";
      Files.writeString(file, entry, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      return Optional.of(file.toString());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Path folder(Map<String, String> environ) {
    String state = environ.getOrDefault("XDG_STATE_HOME", "");
    return state.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".local", "state", "mlops")
        : Path.of(state, "mlops");
  }

  private static void rotate(Path file) throws IOException {
    if (Files.exists(file) && Files.size(file) > ROTATE_AT_BYTES) {
      Files.move(file, file.resolveSibling("mlops.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
  }
}

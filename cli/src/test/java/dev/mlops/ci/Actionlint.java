package dev.mlops.ci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mlops.process.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Somebody else's reader of workflows, which knows GitHub's rules better than we do.
 *
 * @see <a href="https://github.com/rhysd/actionlint">actionlint</a>
 */
final class Actionlint {
  private Actionlint() {}

  /** Skips the test, visibly, where it is not installed. */
  static void assertClean(List<Path> workflows) throws Exception {
    Optional<Path> program = find();
    assumeTrue(program.isPresent(), "no actionlint: go install github.com/rhysd/actionlint");
    List<String> command =
        new ArrayList<>(List.of(program.orElseThrow().toString(), "-no-color", "-oneline"));
    workflows.forEach(file -> command.add(file.toString()));
    assertEquals("", run(command));
  }

  /** What a program prints, and its exit status if that is not 0. */
  static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    return status == 0 ? printed : printed + "exit status " + status;
  }

  private static Optional<Path> find() {
    Path built = Path.of(System.getProperty("user.home"), "go", "bin", "actionlint");
    return Programs.find("actionlint").or(() -> Optional.of(built).filter(Files::isExecutable));
  }
}

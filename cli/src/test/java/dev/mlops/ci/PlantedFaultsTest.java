package dev.mlops.ci;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mlops.config.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Workflows with faults planted in them: a comment {@code # expect: RULE …} at the end of a line
 * says what is to be found there. Nothing else may be found.
 */
class PlantedFaultsTest {
  private static final Path FOLDER = Path.of("src/test/resources/workflows");
  private static final String MARK = "# expect:";

  static List<Path> workflows() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void allOfThemAreFoundWhereTheyAreAndNothingElse(Path file) throws IOException {
    List<String> planted = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      int mark = line.indexOf(MARK);
      if (mark >= 0) {
        for (String rule : line.substring(mark + MARK.length()).strip().split(" ", -1)) {
          planted.add(number + " " + rule);
        }
      }
    }
    List<Finding> findings = WorkflowCheck.check(file);
    List<String> found = findings.stream().map(PlantedFaultsTest::place).toList();

    assertEquals(
        planted.stream().sorted().toList(),
        found.stream().sorted().toList(),
        () -> findings.stream().map(Finding::toString).collect(Collectors.joining("\n")));
  }

  private static String place(Finding finding) {
    return ((Origin.InFile) finding.at()).line() + " " + finding.rule();
  }
}

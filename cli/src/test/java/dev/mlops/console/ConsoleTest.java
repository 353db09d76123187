package dev.mlops.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleTest {
  @ParameterizedTest
  @CsvSource({
    "yes, yes, true",
    "Y, yes, true",
    "n, yes, false",
    "'', yes, false",
    "yep, yes, false",
    "prod, prod, true",
    "y, prod, false",
    "yes, prod, false",
    "p, prod, false"
  })
  void consentIsTheWordThatWasAskedFor(String typed, String expected, boolean consents) {
    assertEquals(
        consents, console("012", Map.of(), typed + "\n").confirm("Sure?", expected, "--yes"));
  }

  @Test
  void nobodyIsAskedInCiOrWithoutATerminal() {
    for (Console console :
        new Console[] {
          console("012", Map.of("CI", "true"), "yes\n"), console("2", Map.of(), "yes\n")
        }) {
      MlopsException refused =
          assertThrows(MlopsException.class, () -> console.confirm("Sure?", "yes", "--yes"));
      assertEquals(Code.CONFIRMATION_NEEDED, refused.problem().code());
    }
  }

  private static Console console(String terminals, Map<String, String> environ, String input) {
    var stream = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
    return new Console(
        stream,
        stream,
        new Terminal(terminals, environ, new ByteArrayInputStream(input.getBytes(UTF_8))));
  }
}

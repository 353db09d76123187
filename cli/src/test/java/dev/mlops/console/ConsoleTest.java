package dev.mlops.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mlops.problem.Code;
import dev.mlops.problem.ExitCode;
import dev.mlops.problem.MlopsException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
  void consentIsTheWordThatWasAskedFor(String typed, String expected, boolean consents)
      throws InterruptedException {
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

  @Test
  void anInterruptEndsAQuestion() throws Exception {
    var nobodyTypes = new PipedInputStream(new PipedOutputStream());
    var terminal = new Terminal("012", Map.of(), nobodyTypes);
    var stream = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
    Console console = new Console(stream, stream, terminal);

    Thread.currentThread().interrupt();
    assertThrows(
        InterruptedException.class, () -> console.confirm("Remove all of it?", "yes", "--yes"));
  }

  @Test
  void anAnswerThatGotLostIsAFailureButAReaderWhoHasHadEnoughIsNot(@TempDir Path folder)
      throws Exception {
    Path pipe = folder.resolve("pipe");
    int made = new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
    assumeTrue(made == 0, "no named pipes here");
    Path file = Files.createFile(folder.resolve("file"));

    assertEquals(ExitCode.FAILED, endAfterALoss(ExitCode.DONE, file));
    assertEquals(ExitCode.DONE, endAfterALoss(ExitCode.DONE, pipe));
    assertEquals(ExitCode.GATE, endAfterALoss(ExitCode.GATE, file));
    var whole = new StandardOutput(new ByteArrayOutputStream(), file);
    new PrintStream(whole, false, UTF_8).println("all of it");
    assertEquals(ExitCode.DONE, console("", Map.of(), "").end(ExitCode.DONE, whole));
  }

  private static ExitCode endAfterALoss(ExitCode code, Path device) {
    var answer =
        new StandardOutput(
            new OutputStream() {
              @Override
              public void write(int octet) throws IOException {
                throw new IOException("No space left on device");
              }
            },
            device);
    new PrintStream(answer, false, UTF_8).println("some of it");
    return console("", Map.of(), "").end(code, answer);
  }

  private static Console console(String terminals, Map<String, String> environ, String input) {
    var stream = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
    return new Console(
        stream,
        stream,
        new Terminal(terminals, environ, new ByteArrayInputStream(input.getBytes(UTF_8))));
  }
}

package dev.mlops.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProblemTextTest {
  private final MlopsException whole =
      Code.LOCAL_PORT_TAKEN.problem(
          "Port 8080 is taken",
          "By pid 7.",
          "mlops up --set local.port=8081",
          new IOException("in use\nby nginx"));

  @TempDir private Path state;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Console console() {
    return new Console(
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8),
        new Terminal(
            "", Map.of("XDG_STATE_HOME", state.toString()), InputStream.nullInputStream()));
  }

  private void fail(Format format, boolean verbose, MlopsException e) {
    Console console = console();
    console.configure(new Manner(format, false, verbose, Colour.auto), NextCommands.AS_THEY_ARE);
    console.fail(Optional.empty(), e.problem(), e);
  }

  @Test
  void peopleReadEveryPartInItsColumn() {
    fail(Format.text, false, whole);

    assertEquals("", out.toString(UTF_8));
    assertEquals(
        """
        error: Port 8080 is taken
          why    By pid 7.
          next   mlops up --set local.port=8081
          cause  in use
                 by nginx
          code   MLOPS-LOCAL-001
          log    %s
        """
            .formatted(state.resolve("mlops/mlops.log")),
        err.toString(UTF_8));
  }

  @Test
  void partsThatAreEmptyAreLeftOutAndNothingIsLogged() {
    fail(Format.text, false, Code.USAGE.problem("What?", "", ""));

    assertEquals("error: What?\n  code  MLOPS-USAGE-001\n", err.toString(UTF_8));
    assertFalse(Files.exists(state.resolve("mlops")));
  }

  @Test
  void programsReadTheSamePartsAsJson() throws IOException {
    fail(Format.json, false, whole);
    JsonNode error = new ObjectMapper().readTree(out.toByteArray()).path("error");

    assertEquals("MLOPS-LOCAL-001", error.path("code").asText());
    assertEquals("Port 8080 is taken", error.path("message").asText());
    assertEquals("By pid 7.", error.path("why").asText());
    assertEquals("mlops up --set local.port=8081", error.path("next").asText());
    assertEquals("in use\nby nginx", error.path("cause").asText());
  }

  @Test
  void theStackTraceIsInTheLogAndOnlyOnRequestOnTheScreen() throws IOException {
    fail(Format.text, false, whole);
    assertFalse(err.toString(UTF_8).contains("\tat "));
    assertTrue(Files.readString(state.resolve("mlops/mlops.log")).contains("\tat "));

    fail(Format.text, true, whole);
    assertTrue(err.toString(UTF_8).contains("\tat "));
  }
}

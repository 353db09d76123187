package dev.mlops.service.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The service as other people's clients see it. Needs a Python that has them, named by {@code
 * MLOPS_TEST_PYTHON}: src/test/resources/conformance/check.py says which.
 */
final class ConformanceTest {
  private static final String PYTHON = System.getenv().getOrDefault("MLOPS_TEST_PYTHON", "python3");

  private record Outcome(int exitCode, String output) {}

  @Test
  void holdsAgainstTritonsClientAndAnOpenApiValidator() throws Exception {
    assumeTrue(
        isThere(), () -> PYTHON + " lacks tritonclient or openapi_spec_validator: see check.py");
    Path script = Path.of(ConformanceTest.class.getResource("/conformance/check.py").toURI());
    try (RunningServer server = RunningServer.ready()) {
      Outcome outcome = run(PYTHON, script.toString(), "127.0.0.1:" + server.port());
      assertEquals(0, outcome.exitCode(), outcome.output());
    }
  }

  private static boolean isThere() throws InterruptedException {
    try {
      return run(PYTHON, "-c", "import tritonclient.http, openapi_spec_validator").exitCode() == 0;
    } catch (IOException _) {
      return false;
    }
  }

  private static Outcome run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Outcome(process.waitFor(), output);
  }
}

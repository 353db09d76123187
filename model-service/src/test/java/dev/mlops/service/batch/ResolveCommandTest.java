package dev.mlops.service.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ResolveCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void printsAddressesAndFailsForANameWithoutOne() {
    assertEquals(0, resolve("127.0.0.1"));
    assertEquals("127.0.0.1 127.0.0.1\n", out.toString(UTF_8));
    assertEquals(3, resolve("nowhere.invalid", "127.0.0.2"));
    assertTrue(out.toString(UTF_8).endsWith("127.0.0.2 127.0.0.2\n"), out.toString(UTF_8));
    assertTrue(err.toString(UTF_8).startsWith("error: nowhere.invalid"), err.toString(UTF_8));
  }

  private int resolve(String... names) {
    return ResolveCommand.run(
        List.of(names), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
  }
}

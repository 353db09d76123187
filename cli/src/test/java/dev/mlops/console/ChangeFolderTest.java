package dev.mlops.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChangeFolderTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "/home/ada, /home/ada/iris, cd iris",
        "/home/ada, /home/ada/a/b, cd a/b",
        "/home/ada, /srv/iris, cd /srv/iris",
        "/home/ada, /home/ada/größe, cd größe",
        "/home/ada, /home/ada/my model, cd 'my model'",
        "/home/ada, /home/ada/ada's, cd 'ada'\\''s'",
        "/home/ada, /home/ada/$HOME, cd '$HOME'",
        "/home/ada, /home/ada/-p, cd -- -p"
      })
  void itCanBePastedIntoAShell(String from, String to, String command) {
    assertEquals(command, ChangeFolder.command(Path.of(from), Path.of(to)));
  }
}

package dev.mlops.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NextCommandsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "mlops status | mlops status --project 'a b' -e prod",
        "mlops provision --only cluster | mlops provision --project 'a b' -e prod --only cluster",
        "Correct it: mlops status | Correct it: mlops status --project 'a b' -e prod",
        "Run `mlops status`, then `mlops logs -f` | Run `mlops status --project 'a b' -e prod`, then"
            + " `mlops logs --project 'a b' -e prod -f`",
        "mlops logs --env dev | mlops logs --project 'a b' --env dev",
        "mlops status -e dev | mlops status --project 'a b' -e dev",
        "mlops logs --help | mlops logs --help",
        "mlops explain MLOPS-KUBE-002 | mlops explain MLOPS-KUBE-002",
        "mlops statuses | mlops statuses",
      })
  void whatTheCommandLineNamedIsNamedAgain(String text, String completed) {
    var flags = new NextCommands.Flags(" --project 'a b'", " -e prod");
    Map<String, NextCommands.Flags> verbs =
        Map.of("status", flags, "provision", flags, "logs", flags);
    assertEquals(completed, new NextCommands(verbs).complete(text));
  }

  @Test
  void whatTheNextCommandFindsByItselfIsNotSaid() {
    assertEquals("mlops status", NextCommands.AS_THEY_ARE.complete("mlops status"));
  }
}

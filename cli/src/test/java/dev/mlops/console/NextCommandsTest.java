package dev.mlops.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NextCommandsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mlops status | mlops status -e prod",
        "mlops provision --only cluster | mlops provision -e prod --only cluster",
        "Correct it, then look again: mlops plan | Correct it, then look again: mlops plan -e prod",
        "Run `mlops up`, then `mlops logs -f` | Run `mlops up -e prod`, then `mlops logs -e prod -f`",
        "mlops rollback --env dev | mlops rollback --env dev",
        "mlops status -e dev | mlops status -e dev",
        "mlops deploy --help | mlops deploy --help",
        "mlops explain MLOPS-KUBE-002 | mlops explain MLOPS-KUBE-002",
        "mlops upgrade | mlops upgrade",
      })
  void theEnvironmentIsNamedWhereACommandWorksOnOne(String text, String completed) {
    assertEquals(completed, new NextCommands(Optional.of("prod")).complete(text));
  }

  @Test
  void whatTheNextCommandFindsByItselfIsNotSaid() {
    assertEquals("mlops status", NextCommands.AS_THEY_ARE.complete("mlops status"));
  }
}

package dev.mlops.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
  @ParameterizedTest
  @CsvSource({
    "100m, 100",
    "1, 1000",
    "0.5, 500",
    ".25, 250",
    "2., 2000",
    "1e2, 100000",
    "1E-1, 100",
    "100u, 1",
    "1n, 1",
    "1.5k, 1500000",
    "1Ki, 1024000",
  })
  void readsThousandthsRoundedUp(String text, long thousandths) {
    assertEquals(thousandths, Quantity.parse(text).thousandths());
  }

  @ParameterizedTest
  @CsvSource({
    "128Mi, 134217728",
    "1G, 1000000000",
    "1Gi, 1073741824",
    "64M, 64000000",
    "1.5Ki, 1536",
    "1Ti, 1099511627776",
    "1P, 1000000000000000",
    "100m, 1",
    "3E, 3000000000000000000",
  })
  void readsBytesRoundedUp(String text, long bytes) {
    assertEquals(bytes, Quantity.parse(text).whole());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "m", "1 Gi", "1gi", "1MB", "0x10", "1e", "--1", "1.2.3", "ten"})
  void refusesWhatIsNone(String text) {
    assertThrows(IllegalArgumentException.class, () -> Quantity.parse(text));
  }
}

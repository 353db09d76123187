package dev.mlops.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.97333333 | 0.9733",
        "0.9 | 0.9000",
        "1 | 1.000",
        "999.96 | 1000",
        "9999.4 | 9999",
        "9999.6 | 10,000",
        "11460.7657 | 11,461",
        "-11460.7657 | -11,461",
        "0 | 0.000",
        "NaN | NaN"
      })
  void largeFiguresAreWrittenOut(double figure, String text) {
    assertEquals(text, Rounding.text(figure));
  }
}

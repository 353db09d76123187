package dev.mlops.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
  @ParameterizedTest
  @CsvSource({
    "500ms,500",
    "0.5s,500",
    "30s,30000",
    "2m,120000",
    "1h,3600000",
    "1.5m,90000",
    "0s,0"
  })
  void durationsAreRead(String text, long millis) {
    assertEquals(Duration.ofMillis(millis), Durations.parse(text));
    assertEquals(
        Duration.ofMillis(millis), Durations.parse(Durations.format(Durations.parse(text))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "5 s", "-1s", "s", "1d", "1.s", "99999999999s", "٣s"})
  void otherDurationsAreRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Durations.parse(text));
  }

  @ParameterizedTest
  @CsvSource({"500ms,500ms", "0.5s,500ms", "90s,90s", "120s,2m", "60m,1h", "1500ms,1.5s", "0s,0ms"})
  void durationsAreWrittenShort(String text, String shortest) {
    assertEquals(shortest, Durations.format(Durations.parse(text)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"iris", "a", "a1", "my-model-2"})
  void namesAreLabels(String text) {
    assertEquals(text, new Name(text).text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1a", "-a", "a-", "A", "a_b", "a.b", "ä", "a b"})
  void otherNamesAreRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> new Name(text));
  }

  @ParameterizedTest
  @CsvSource({
    "My Project,my-project",
    "2026_fraud!,fraud",
    "Müller & Söhne,muller-sohne",
    "日本,fallback",
    "Größe café,grosse-cafe",
    "a-very-long-name-that-goes-on-and-on-for-ever-and-ever,a-very-long-name-that-goes-on-and-on-for"
  })
  void anyTextHasANearestName(String text, String name) {
    assertEquals(name, Name.from(text, "fallback").text());
  }

  @ParameterizedTest
  @CsvSource({"epoch,epochs", "maxdepth,maxDepth", "max-depth,maxDepth", "sede,seed"})
  void nearNamesAreGuessed(String typed, String meant) {
    assertEquals(
        Optional.of(meant), DidYouMean.nearest(typed, List.of("epochs", "maxDepth", "seed")));
  }

  @Test
  void farNamesAreNotGuessed() {
    assertEquals(Optional.empty(), DidYouMean.nearest("colour", List.of("epochs", "seed")));
  }

  @Test
  void aGateKnowsWhichWayIsBetter() {
    assertTrue(new Gate.Bound(Gate.Metric.ACCURACY, 0.9).passes(0.9));
    assertFalse(new Gate.Bound(Gate.Metric.ACCURACY, 0.9).passes(0.89));
    assertTrue(new Gate.Bound(Gate.Metric.RMSE, 2).passes(1.5));
    assertFalse(new Gate.Bound(Gate.Metric.RMSE, 2).passes(2.5));
    assertFalse(new Gate.Bound(Gate.Metric.R2, 0).passes(Double.NaN));
    assertEquals("rmse ≤ 2.0", new Gate.Bound(Gate.Metric.RMSE, 2).toString());
  }
}

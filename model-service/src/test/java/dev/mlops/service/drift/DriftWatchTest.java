package dev.mlops.service.drift;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.service.artifact.Bins;
import dev.mlops.service.artifact.Profile;
import dev.mlops.service.json.Json;
import dev.mlops.service.telemetry.MetricsPage;
import dev.mlops.service.telemetry.Tally;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DriftWatchTest {
  private final DriftProfile profile =
      new DriftProfile(
          new Profile(
              List.of(
                  new Profile.Column(
                      "age", new Bins.Quantiles(List.of(10.0, 20.0), List.of(30L, 40L, 20L)), 10),
                  new Profile.Column(
                      "city", new Bins.Values(List.of("Bern", "a \"b\"\n"), List.of(50L, 50L)), 0)),
              new Bins.Quantiles(List.of(1.5), List.of(60L, 40L))),
          "price");
  private final Tally one = new Tally(profile.counters());
  private final Tally other = new Tally(profile.counters());
  private final DriftWatch watch = new DriftWatch("sha256:1", profile, List.of(one, other));

  @Test
  void saysNothingOfFewRows() {
    see(one, 99, 15, 0, 1);
    assertFalse(page().contains("drift_psi{"));
    assertFalse(page().contains("\nmodel_prediction_drift_psi "), page());
    see(other, 1, 15, 0, 1);
    assertTrue(page().contains("model_feature_drift_psi{feature=\"age\"}"));
    assertTrue(page().contains("\nmodel_prediction_drift_ks 0.4\n"), page());
  }

  @Test
  void countsPerBinOverAllThreads() {
    see(one, 3, 10, 1, 1.5);
    see(other, 2, Double.NaN, 0, -7);
    String page = page();
    assertTrue(page.contains("model_feature_rows_total{feature=\"age\",bin=\"[10.0,20.0)\"} 3\n"));
    assertTrue(page.contains("model_feature_rows_total{feature=\"age\",bin=\"(missing)\"} 2\n"));
    assertTrue(
        page.contains("model_feature_rows_total{feature=\"city\",bin=\"a \\\"b\\\"\\n\"} 3\n"));
    assertTrue(page.contains("model_prediction_rows_total{bin=\">=1.5\"} 3\n"));
    assertTrue(page.contains("model_prediction_training_rows{bin=\"<1.5\"} 60\n"));
    assertFalse(page.contains("feature=\"city\",bin=\"(missing)\""), page);
  }

  @Test
  void isADocumentOfCountsAndFigures() {
    see(one, 100, 5, 0, 1);
    Json json = Json.parse(Json.line(watch.toJson()).getBytes(UTF_8), "drift");
    assertEquals(100, json.get("rows").whole());
    Json age = json.get("features").list().getFirst();
    assertEquals("age", age.get("name").text());
    assertEquals(0.7, age.get("ks").number(), 1e-12);
    Json below = age.get("bins").list().getFirst();
    assertEquals("<10.0", below.get("bin").text());
    assertEquals(30, below.get("trained").whole());
    assertEquals(100, below.get("seen").whole());
    assertEquals("price", json.get("prediction").get("name").text());
  }

  @Test
  void hasNoFigureWithoutTrainingRows() {
    DriftProfile none =
        new DriftProfile(
            new Profile(List.of(), new Bins.Quantiles(List.of(), List.of(0L))), "price");
    Tally tally = new Tally(none.counters());
    tally.add(none.counterOfPrediction(3), 200);
    MetricsPage page = new MetricsPage();
    new DriftWatch("sha256:1", none, List.of(tally)).writeTo(page);
    assertFalse(new String(page.bytes(), UTF_8).contains("NaN"));
  }

  private void see(Tally tally, int rows, double age, double city, double price) {
    tally.add(profile.counterOf(0, age), rows);
    tally.add(profile.counterOf(1, city), rows);
    tally.add(profile.counterOfPrediction(price), rows);
  }

  private String page() {
    MetricsPage page = new MetricsPage();
    watch.writeTo(page);
    return new String(page.bytes(), UTF_8);
  }
}

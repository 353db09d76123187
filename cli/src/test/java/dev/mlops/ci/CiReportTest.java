package dev.mlops.ci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CiReportTest {
  @TempDir private Path folder;

  @Test
  void aMetricIsBetterOnlyIfTheDifferenceIsMoreThanNoise() throws IOException {
    answer("base-train", card(0.90, 0.900, 0.02, 0.30));
    answer("train", card(0.97, 0.960, 0.02, 0.31));
    String report = report();

    assertTrue(
        report.contains("| accuracy | 0.9000 | 0.9700 | +0.06000 ± 0.025 | **better** |"), report);
    assertTrue(
        report.contains("| logLoss | 0.3000 | 0.3100 | +0.01000 ± 0.025 | within the noise |"));
  }

  @Test
  void lessLossIsBetterAndLessAccuracyWorse() throws IOException {
    answer("base-train", card(0.97, 0.97, 0.01, 0.50));
    answer("train", card(0.90, 0.90, 0.01, 0.20));
    String report = report();

    assertTrue(report.contains("-0.07000 ± 0.013 | **worse** |"), report);
    assertTrue(report.contains("-0.3000 ± 0.013 | **better** |"), report);
  }

  @Test
  void withoutCrossValidationNothingIsClaimed() throws IOException {
    String bare = "{\"card\": {\"metrics\": {\"rmse\": 2.5}}}";
    answer("base-train", bare);
    answer("train", bare.replace("2.5", "1.5"));

    assertTrue(report().contains("| rmse | 2.500 | 1.500 | – | can't tell from chance |"));
  }

  @Test
  void speedIsComparedAndGatesAreSaid() throws IOException {
    answer(
        "loadtest",
        """
        {"latencyMillis": {"p50": 1}, "gates": [
           {"expression": "p95<200ms", "value": 312.5, "unit": "ms", "passed": false}],
         "comparison": [{"measure": "p95", "unit": "ms", "before": 100, "now": 312.5,
           "ratio": 3.125, "low": 3.0, "high": 3.25, "verdict": "worse"}]}
        """);

    assertTrue(
        report()
            .contains("| p95 | 100.0 ms | 312.5 ms | +212.5 % (+200.0 to +225.0) | **worse** |"));
    assertTrue(report().contains("- ✗ `p95<200ms`: 312.5 ms"));
  }

  @Test
  void ofAMeasurementThatIsNotValidNothingIsClaimed() throws IOException {
    String compared =
        """
        {"latencyMillis": {"p50": 1}, "invalidBecause": [%s],
         "comparison": [{"measure": "p95", "unit": "ms|[x](http://y)", "before": 100, "now": 312.5,
           "ratio": 3.125, "low": 3.0, "high": 3.25, "verdict": "worse"}]}
        """;
    answer("loadtest", compared.formatted("\"it was late\""));

    assertTrue(report().contains("| not valid |"), report());
    assertTrue(report().contains("- ✗ not valid: it was late"), report());
    assertFalse(report().contains("[x](http"), report());
    answer("loadtest", compared.formatted(""));
    answer("base-loadtest", "{\"invalidBecause\": [\"it was later\"]}");

    assertTrue(report().contains("| not valid |"), report());
    assertTrue(report().contains("- ✗ base branch not valid: it was later"), report());
  }

  @Test
  void settingsThatDifferAndStepsToComeAreListed() throws IOException {
    answer("base-config", "{\"values\": [{\"key\": \"scale.max\", \"value\": 5}]}");
    answer(
        "config",
        "{\"values\": [{\"key\": \"scale.max\", \"value\": 9}, {\"key\": \"a.b\", \"value\":"
            + " \"x\"}]}");
    answer(
        "plan",
        """
        {"steps": [{"title": "Roll out", "outcome": "planned", "detail": "Deployment iris"},
                   {"title": "Train", "outcome": "unchanged", "detail": ""}]}
        """);
    String report = report();

    assertTrue(report.contains("| `scale.max` | `5` | `9` |"), report);
    assertTrue(report.contains("| `a.b` | – | `x` |"), report);
    assertTrue(report.contains("- planned: Roll out – Deployment iris"), report);
    assertFalse(report.contains("Train"), report);
  }

  @Test
  void whatFailedStandsFirst() throws IOException {
    answer(
        "train",
        "{\"error\": {\"code\": \"MLOPS-MODEL-002\", \"message\": \"missed\", \"why\": \"w\"}}");

    assertTrue(report().startsWith("**✗ train**: missed (`MLOPS-MODEL-002`)"), report());
  }

  @Test
  void theCostIsSaidWhereItIsKnown() throws IOException {
    answer(
        "plan",
        """
        {"steps": [], "cost": {"currency": "USD", "priceDate": "2026-07-01", "hourly": 0.438,
          "monthly": 319.91}}
        """);

    assertTrue(
        report().contains("319.91 USD a month, 0.438 an hour, at the list prices of 2026-07-01"));
  }

  @Test
  void foreignTextDoesNothing() throws IOException {
    String evil = "<img src=x> @everyone [x](http://evil) `|` #1\\n# heading";
    answer(
        "plan",
        "{\"steps\": [{\"title\": \"" + evil + "\", \"outcome\": \"planned\", \"detail\": \"\"}]}");
    String line =
        report().lines().filter(each -> each.startsWith("- planned")).findFirst().orElseThrow();

    assertFalse(line.contains("<img"), line);
    assertFalse(line.contains("@everyone"), line);
    assertFalse(line.contains("[x]("), line);
    assertTrue(line.contains("\\`\\|\\` \\#1 \\# heading"), line);
  }

  @Test
  void tornAndMissingAnswersAreNoFault() throws IOException {
    answer("train", "{\"metrics\": ");
    answer("loadtest", "");

    assertTrue(report().startsWith("Nothing was reported"));
  }

  @Test
  void answersAreFoundInWhateverWasDownloaded() throws IOException {
    Path nested = folder.resolve("check/reports/ci");
    Files.createDirectories(nested);
    Files.writeString(nested.resolve("build.json"), "{}");
    Files.writeString(folder.resolve("other.json"), "{}");

    assertTrue(Reports.in(folder).has("build"));
    assertFalse(Reports.in(folder).has("other"));
    assertEquals(0, Reports.in(folder.resolve("absent")).answers().size());
  }

  private static String card(double accuracy, double mean, double deviation, double loss) {
    return """
    {"card": {"metrics": {"accuracy": %s, "logLoss": %s},
      "crossValidation": {"folds": 5, "metrics": {
        "accuracy": {"mean": %s, "deviation": %s}, "logLoss": {"mean": %s, "deviation": %s}}}}}
    """
        .formatted(accuracy, loss, mean, deviation, loss, deviation);
  }

  private void answer(String command, String json) throws IOException {
    Path file = folder.resolve("ci").resolve(command + ".json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, json);
  }

  private String report() {
    return new CiReport(Reports.in(folder)).markdown();
  }
}

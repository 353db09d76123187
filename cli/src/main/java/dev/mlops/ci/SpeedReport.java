package dev.mlops.ci;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How fast it is: percentiles, against the base branch's where those are known, and objectives. */
final class SpeedReport {
  private SpeedReport() {}

  /**
   * Nothing, if nothing was measured.
   *
   * @param before the base branch's, which may be absent
   */
  static void write(Markdown page, JsonNode load, JsonNode before, String heading) {
    if (!load.path("latencyMillis").isObject()) {
      return;
    }
    page.heading(heading);
    JsonNode changes = load.path("comparison");
    if (changes.isArray()) {
      List<List<String>> rows = new ArrayList<>();
      rows.add(List.of("measure", "base branch", "here", "change", ""));
      boolean valid =
          load.path("invalidBecause").isEmpty() && before.path("invalidBecause").isEmpty();
      changes.forEach(change -> rows.add(changed(change, valid)));
      page.table(rows);
    } else {
      JsonNode latency = load.path("latencyMillis");
      page.line(
              String.format(
                  Locale.ROOT,
                  "%.1f requests/s; p50 %.2f ms, p95 %.2f ms, p99 %.2f ms; %d of %d failed.",
                  load.path("throughput").asDouble(),
                  latency.path("p50").asDouble(),
                  latency.path("p95").asDouble(),
                  latency.path("p99").asDouble(),
                  load.path("errors").asLong(),
                  load.path("requests").asLong()))
          .line("");
    }
    load.path("gates").forEach(gate -> page.line(gate(gate)));
    invalid(page, "not valid", load);
    invalid(page, "base branch not valid", before);
    page.line("");
  }

  private static void invalid(Markdown page, String what, JsonNode load) {
    load.path("invalidBecause")
        .forEach(reason -> page.line("- ✗ " + what + ": " + Markdown.plain(reason.asText())));
  }

  /** Of a measurement that is not valid nothing is claimed. */
  private static List<String> changed(JsonNode change, boolean valid) {
    String unit = Markdown.plain(change.path("unit").asText());
    return List.of(
        Markdown.plain(change.path("measure").asText()),
        Markdown.figure(change.path("before").asDouble()) + " " + unit,
        Markdown.figure(change.path("now").asDouble()) + " " + unit,
        String.format(
            Locale.ROOT,
            "%+.1f %% (%+.1f to %+.1f)",
            percent(change.path("ratio")),
            percent(change.path("low")),
            percent(change.path("high"))),
        valid ? verdict(change.path("verdict").asText()) : "not valid");
  }

  private static String verdict(String verdict) {
    return verdict.equals("better") || verdict.equals("worse")
        ? "**" + verdict + "**"
        : Markdown.plain(verdict);
  }

  private static double percent(JsonNode ratio) {
    return 100 * (ratio.asDouble() - 1);
  }

  private static String gate(JsonNode gate) {
    JsonNode passed = gate.path("passed");
    return (passed.isNull() ? "- not judged: " : passed.asBoolean() ? "- ✓ " : "- ✗ ")
        + Markdown.code(gate.path("expression").asText())
        + (gate.path("value").isNumber()
            ? ": "
                + Markdown.figure(gate.path("value").asDouble())
                + " "
                + Markdown.plain(gate.path("unit").asText())
            : ": not measured");
  }
}

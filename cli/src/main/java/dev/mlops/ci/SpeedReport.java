package dev.mlops.ci;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How fast it is: percentiles, against the base branch's where those are known, and objectives. */
final class SpeedReport {
  private SpeedReport() {}

  /** Nothing, if nothing was measured. */
  static void write(Markdown page, JsonNode load, String heading) {
    if (!load.path("latencyMillis").isObject()) {
      return;
    }
    page.heading(heading);
    JsonNode changes = load.path("comparison");
    if (changes.isArray()) {
      List<List<String>> rows = new ArrayList<>();
      rows.add(List.of("measure", "base branch", "here", "change", ""));
      changes.forEach(change -> rows.add(changed(change)));
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
    load.path("invalidBecause")
        .forEach(reason -> page.line("- ✗ not valid: " + Markdown.plain(reason.asText())));
    page.line("");
  }

  private static List<String> changed(JsonNode change) {
    String unit = Markdown.plain(change.path("unit").asText());
    String verdict = change.path("verdict").asText();
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
        verdict.equals("better") || verdict.equals("worse")
            ? "**" + verdict + "**"
            : Markdown.plain(verdict));
  }

  private static double percent(JsonNode ratio) {
    return 100 * (ratio.asDouble() - 1);
  }

  private static String gate(JsonNode gate) {
    return (gate.path("passed").asBoolean() ? "- ✓ " : "- ✗ ")
        + Markdown.code(gate.path("expression").asText())
        + (gate.path("value").isNumber()
            ? ": "
                + Markdown.figure(gate.path("value").asDouble())
                + " "
                + Markdown.plain(gate.path("unit").asText())
            : ": not measured");
  }
}

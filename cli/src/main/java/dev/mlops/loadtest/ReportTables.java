package dev.mlops.loadtest;

import dev.mlops.config.Durations;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The tables of a report: every figure that a chart shows can be read here too. */
final class ReportTables {
  /** Of an error's example. */
  private static final int MOST_CHARACTERS = 600;

  private final LoadResult result;
  private final Evidence evidence;

  ReportTables(LoadResult result) {
    this.result = result;
    this.evidence = result.evidence();
  }

  String gates() {
    List<List<String>> rows =
        result.gates().stream()
            .map(outcome ->
                List.of(
                    Html.escape(outcome.gate().expression()),
                    outcome.value().isEmpty()
                        ? "nothing to measure"
                        : Figures.withUnit(
                            outcome.value().getAsDouble(), outcome.gate().measure().unit()),
                    Html.badge(outcome.passed(), "passed", "failed")))
            .toList();
    return Html.table(List.of("Objective", "Measured", ""), rows);
  }

  String percentiles() {
    Percentiles latency = result.latencyMillis().orElseThrow();
    Percentiles service = result.serviceMillis().orElseThrow();
    Map<String, ToDoubleFunction<Percentiles>> rows = new LinkedHashMap<>();
    rows.put("fastest", Percentiles::min);
    rows.put("mean", Percentiles::mean);
    rows.put("p50", Percentiles::p50);
    rows.put("p90", Percentiles::p90);
    rows.put("p95", Percentiles::p95);
    rows.put("p99", Percentiles::p99);
    rows.put("p99.9", Percentiles::p999);
    rows.put("slowest", Percentiles::max);
    List<List<String>> cells = new ArrayList<>();
    rows.forEach((name, value) ->
        cells.add(
            List.of(
                name,
                Figures.millis(value.applyAsDouble(latency)),
                Figures.millis(value.applyAsDouble(service)))));
    return Html.table(List.of("", "From the intended moment", "From the moment of sending"), cells)
        + Html.paragraph(
            "%s good answers, each recorded, exact to three digits. The first column is what users"
                    .formatted(Figures.count(latency.count()))
                + " feel: it also holds the time that a request had to wait to be sent.");
  }

  String errors() {
    if (result.errors() == 0) {
      return Html.paragraph("None in " + Figures.count(result.requests()) + " requests.");
    }
    List<List<String>> rows =
        evidence.errors().stream()
            .map(error ->
                List.of(
                    Html.escape(error.kind()),
                    Figures.count(error.count()),
                    Figures.percent(100.0 * error.count() / result.requests()),
                    "<pre>" + Html.escape(abbreviated(error.example())) + "</pre>"))
            .toList();
    return Html.table(List.of("Kind", "Requests", "Share", "The first of them"), rows)
        + Html.paragraph("Errors are counted apart: no latency above holds one.");
  }

  private static String abbreviated(String text) {
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
  }

  String checks() {
    List<List<String>> rows =
        evidence.checks().stream()
            .map(check ->
                List.of(
                    Html.escape(check.title()),
                    check.value(),
                    check.limit(),
                    Html.badge(check.passed(), "fine", "not valid")))
            .toList();
    return Html.table(List.of("What could spoil it", "Measured", "Tolerated", ""), rows);
  }

  String facts() {
    LoadPlan plan = evidence.plan();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Target", plan.request().method() + " " + plan.target() + plan.request().path());
    facts.put(
        "Users",
        "%s, %s more each second, a connection each"
            .formatted(Figures.count(plan.users()), Figures.number(plan.spawnRate())));
    facts.put("Wait between answer and next request", plan.waitTime().toString());
    facts.put("Payload", payload(plan.request().payloads()));
    facts.put(
        "Duration",
        "%s ramp, %s warm-up, %s measured"
            .formatted(
                Durations.format(plan.ramp()),
                Durations.format(plan.timing().warmUp()),
                Figures.seconds(result.seconds())));
    facts.put(
        "Not counted",
        "%s requests before the measured time, %s of them errors"
            .formatted(
                Figures.count(evidence.excluded()), Figures.count(evidence.excludedErrors())));
    facts.put("Timeout", Durations.format(plan.timing().timeout()));
    facts.put("Seed", String.valueOf(plan.seed()));
    facts.put("Started", HtmlReport.TIME.format(evidence.started()));
    Evidence.Machine machine = evidence.machine();
    facts.put(
        "Load from",
        "%s, %d processors, %s".formatted(machine.system(), machine.processors(), machine.java()));
    facts.put("mlops", machine.tool());
    return Html.table(
        List.of("", ""),
        facts.entrySet().stream()
            .map(fact -> List.of(Html.escape(fact.getKey()), Html.escape(fact.getValue())))
            .toList());
  }

  private static String payload(Payloads payloads) {
    return switch (payloads) {
      case Payloads.FromSchema _ -> "drawn from the ranges of the model's schema";
      case Payloads.FromCsv(Path rows, Optional<Path> _) -> "rows of " + rows.getFileName();
      case Payloads.Literal(String body) -> body.isEmpty() ? "none" : "the same body every time";
    };
  }

  String seconds() {
    List<List<String>> rows =
        Timeline.of(evidence.timeline()).slices().stream()
            .map(slice ->
                List.of(
                    Figures.seconds(slice.to()),
                    String.valueOf(slice.users()),
                    Figures.number(slice.rate()),
                    Figures.number(slice.errorRate()),
                    orDash(slice.p50()),
                    orDash(slice.p95()),
                    orDash(slice.p99())))
            .toList();
    return "<details><summary>Second by second</summary>\n"
        + Html.table(
            List.of("At", "Users", "Answers/s", "Errors/s", "p50 ms", "p95 ms", "p99 ms"), rows)
        + "</details>\n";
  }

  private static String orDash(double value) {
    return Double.isNaN(value) ? "–" : Figures.number(value);
  }
}

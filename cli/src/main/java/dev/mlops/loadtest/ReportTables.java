package dev.mlops.loadtest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The tables of a report on what the service did. */
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
                    Html.badge(outcome)))
            .toList();
    return Html.table(List.of("Objective", "Measured", ""), rows);
  }

  String percentiles() {
    Percentiles latency = result.totals().latencyMillis().orElseThrow();
    Percentiles service = result.totals().serviceMillis().orElseThrow();
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

  String tasks() {
    List<List<String>> rows = new ArrayList<>();
    result
        .tasks()
        .forEach((name, figures) ->
            rows.add(
                List.of(
                    Html.escape(name),
                    Figures.count(figures.requests()),
                    Figures.number(figures.throughput()),
                    Figures.percent(figures.errorPercent()),
                    millis(figures, Percentiles::p50),
                    millis(figures, Percentiles::p95),
                    millis(figures, Percentiles::p99),
                    millis(figures, Percentiles::max))));
    return Html.table(
        List.of("Task", "Requests", "Answers/s", "Errors", "p50", "p95", "p99", "Slowest"), rows);
  }

  private static String millis(Totals figures, ToDoubleFunction<Percentiles> percentile) {
    return figures
        .latencyMillis()
        .map(latency -> Figures.millis(percentile.applyAsDouble(latency)))
        .orElse("–");
  }

  String slowest() {
    List<List<String>> rows =
        evidence.slowest().stream()
            .map(slow ->
                List.of(
                    Figures.millis(slow.latencyMillis()),
                    Figures.millis(slow.serviceMillis()),
                    Figures.seconds(slow.second()),
                    Html.escape(evidence.plan().tasks().get(slow.task()).name()),
                    "<code>%s</code>%s"
                        .formatted(slow.trace(), slow.sampled() ? "" : " (not sampled)")))
            .toList();
    return Html.table(List.of("Latency", "Service time", "At", "Task", "Trace id"), rows)
        + Html.paragraph(
            "Every request carries a traceparent; those that are sampled are in the service's"
                + " traces, and in its log.");
  }

  String changes() {
    List<List<String>> rows =
        result.changes().stream()
            .map(change ->
                List.of(
                    Html.escape(change.measure()),
                    Figures.withUnit(change.before(), change.unit()),
                    Figures.withUnit(change.now(), change.unit()),
                    change.text(),
                    Html.escape(change.verdict().label())))
            .toList();
    return Html.table(List.of("", "Before", "Now", "Change (95 % interval)", ""), rows)
        + Html.paragraph("Of the typical second: the mean over all measured seconds.");
  }

  String errors() {
    if (result.totals().errors() == 0) {
      return Html.paragraph("None in " + Figures.count(result.totals().requests()) + " requests.");
    }
    List<List<String>> rows =
        evidence.errors().stream()
            .map(error ->
                List.of(
                    Html.escape(error.kind()),
                    Figures.count(error.count()),
                    Figures.percent(100.0 * error.count() / result.totals().requests()),
                    "<pre>" + Html.escape(abbreviated(error.example())) + "</pre>"))
            .toList();
    return Html.table(List.of("Kind", "Requests", "Share", "The first of them"), rows)
        + Html.paragraph("Errors are counted apart: no latency above holds one.");
  }

  private static String abbreviated(String text) {
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
  }
}

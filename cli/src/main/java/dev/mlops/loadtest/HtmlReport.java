package dev.mlops.loadtest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mlops.config.Durations;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** A load test on one page that needs nothing else: no network, no script. */
public final class HtmlReport {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

  /** Of an error's example. */
  private static final int MOST_CHARACTERS = 600;

  private final LoadResult result;
  private final Evidence evidence;
  private final ReportCharts charts;

  public HtmlReport(LoadResult result) {
    this.result = result;
    this.evidence = result.evidence();
    this.charts = new ReportCharts(evidence);
  }

  public void write(Path file) throws IOException {
    Files.writeString(file, page());
  }

  String page() {
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Load test of %s</title>
    <style>
    %s</style>
    </head>
    <body>
    %s<main>
    %s</main>
    %s</body>
    </html>
    """
        .formatted(Html.escape(target()), style(), header(), sections(), footer());
  }

  private String target() {
    return evidence.plan().target() + evidence.plan().request().path();
  }

  private String header() {
    String badges =
        Html.badge(result.valid(), "measurement valid", "measurement not valid")
            + (result.gates().isEmpty()
                ? ""
                : Html.badge(result.gatesPassed(), "all gates passed", "a gate failed"));
    return """
    <header>
    <p class="kind">Load test</p>
    <h1>%s</h1>
    <p class="verdict">%s</p>
    <p class="quiet">%s · %s users · measured for %s</p>
    </header>
    """
        .formatted(
            Html.escape(target()),
            badges,
            TIME.format(evidence.started()),
            Figures.count(evidence.plan().users()),
            Figures.seconds(result.seconds()));
  }

  private String sections() {
    StringBuilder page = new StringBuilder(invalid()).append(cards());
    if (!result.gates().isEmpty()) {
      page.append(Html.section("Gates", gates()));
    }
    page.append(Html.section("Throughput", charts.throughput()));
    page.append(Html.section("Latency over time", charts.latency()));
    if (charts.hasReplicas()) {
      page.append(Html.section("Replicas", charts.replicas() + charts.cpu()));
    }
    page.append(Html.section("Users", charts.users()));
    if (result.latencyMillis().isPresent()) {
      page.append(Html.section("Latency by percentile", charts.spectrum() + percentiles()));
    }
    page.append(Html.section("Errors", errors()));
    page.append(Html.section("Is the measurement sound?", checks()));
    page.append(Html.section("The run", facts() + seconds()));
    return page.toString();
  }

  private String invalid() {
    if (result.valid()) {
      return "";
    }
    return result.invalidBecause().stream()
        .map(reason -> "<li>" + Html.escape(reason) + "</li>")
        .collect(
            Collectors.joining(
                "",
                "<div class=\"alarm\" role=\"alert\"><strong>These figures do not count.</strong><ul>",
                "</ul></div>\n"));
  }

  private String cards() {
    Map<String, String> cards = new LinkedHashMap<>();
    cards.put("Throughput", Figures.number(result.throughput()) + " <small>/s</small>");
    cards.put("Median", latency(Percentiles::p50));
    cards.put("p95", latency(Percentiles::p95));
    cards.put("p99", latency(Percentiles::p99));
    cards.put("Slowest", latency(Percentiles::max));
    cards.put("Errors", errorPercent().replace("%", "<small>%</small>"));
    cards.put("Requests", Figures.count(result.requests()));
    return cards.entrySet().stream()
        .map(
            card -> "<div><dt>%s</dt><dd>%s</dd></div>\n".formatted(card.getKey(), card.getValue()))
        .collect(Collectors.joining("", "<dl class=\"cards\">\n", "</dl>\n"));
  }

  private String latency(ToDoubleFunction<Percentiles> percentile) {
    return result
        .latencyMillis()
        .map(latency -> Figures.number(percentile.applyAsDouble(latency)) + " <small>ms</small>")
        .orElse("–");
  }

  private String errorPercent() {
    return result.requests() == 0
        ? "–"
        : Figures.percent(100.0 * result.errors() / result.requests());
  }

  private String gates() {
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

  private String percentiles() {
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

  private String errors() {
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

  private String checks() {
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

  private String facts() {
    LoadPlan plan = evidence.plan();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Target", plan.request().method() + " " + target());
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
    facts.put("Started", TIME.format(evidence.started()));
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

  private String seconds() {
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

  private static String footer() {
    return "<footer>Made by mlops. Beside this page: report.json, and latency.hlog with every"
        + " interval's histogram.</footer>\n";
  }

  private static String style() {
    try (InputStream css = HtmlReport.class.getResourceAsStream("report.css")) {
      return new String(css.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

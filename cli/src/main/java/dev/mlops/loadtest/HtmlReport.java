package dev.mlops.loadtest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** A load test on one page that needs nothing else: no network, no script. */
public final class HtmlReport {
  static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

  private final LoadResult result;
  private final Evidence evidence;
  private final ReportCharts charts;
  private final ReportTables tables;
  private final RunTables run;

  public HtmlReport(LoadResult result) {
    this.result = result;
    this.evidence = result.evidence();
    this.charts = new ReportCharts(evidence.plan(), Timeline.of(evidence.timeline()));
    this.tables = new ReportTables(result);
    this.run = new RunTables(result);
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
    List<Task> tasks = evidence.plan().tasks();
    String path = tasks.size() == 1 ? tasks.getFirst().request().path() : "";
    return evidence.plan().target() + path;
  }

  private String header() {
    String badges =
        Html.badge(result.valid(), "measurement valid", "measurement not valid") + gates();
    return """
    <header>
    <p class="kind">Load test</p>
    <h1>%s</h1>
    <p class="verdict">%s</p>
    <p class="quiet">%s · %s · measured for %s</p>
    </header>
    """
        .formatted(
            Html.escape(target()),
            badges,
            TIME.format(evidence.started()),
            Html.escape(evidence.plan().load().brief()),
            Figures.seconds(result.totals().seconds()));
  }

  private String gates() {
    if (result.gates().isEmpty()) {
      return "";
    }
    return result.judged()
        ? Html.badge(result.gatesPassed(), "all gates passed", "a gate failed")
        : "<span class=\"badge\">interrupted: gates not judged</span>";
  }

  private String sections() {
    StringBuilder page = new StringBuilder(invalid()).append(cards());
    if (!result.gates().isEmpty()) {
      page.append(Html.section("Gates", tables.gates()));
    }
    if (!result.changes().isEmpty()) {
      page.append(Html.section("Against the baseline", tables.changes()));
    }
    page.append(Html.section("Throughput", charts.throughput()));
    page.append(Html.section("Latency over time", charts.latency()));
    if (charts.hasReplicas()) {
      page.append(Html.section("Replicas", charts.replicas() + charts.cpu()));
    }
    page.append(Html.section(charts.crowdTitle(), charts.crowd()));
    if (result.totals().latencyMillis().isPresent()) {
      page.append(
          Html.section(
              "Latency by percentile", SpectrumChart.of(evidence).html() + tables.percentiles()));
    }
    if (result.tasks().size() > 1) {
      page.append(Html.section("Tasks", tables.tasks()));
    }
    page.append(Html.section("Errors", tables.errors()));
    if (!evidence.slowest().isEmpty()) {
      page.append(Html.section("The slowest requests", tables.slowest()));
    }
    page.append(Html.section("Is the measurement sound?", run.checks()));
    page.append(Html.section("The run", run.facts() + run.seconds()));
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
    cards.put("Throughput", Figures.number(result.totals().throughput()) + " <small>/s</small>");
    cards.put("Median", latency(Percentiles::p50));
    cards.put("p95", latency(Percentiles::p95));
    cards.put("p99", latency(Percentiles::p99));
    cards.put("Slowest", latency(Percentiles::max));
    cards.put("Errors", errorPercent().replace("%", "<small>%</small>"));
    cards.put("Requests", Figures.count(result.totals().requests()));
    return cards.entrySet().stream()
        .map(
            card -> "<div><dt>%s</dt><dd>%s</dd></div>\n".formatted(card.getKey(), card.getValue()))
        .collect(Collectors.joining("", "<dl class=\"cards\">\n", "</dl>\n"));
  }

  private String latency(ToDoubleFunction<Percentiles> percentile) {
    return result
        .totals()
        .latencyMillis()
        .map(latency -> Figures.number(percentile.applyAsDouble(latency)) + " <small>ms</small>")
        .orElse("–");
  }

  private String errorPercent() {
    return result.totals().requests() == 0
        ? "–"
        : Figures.percent(100.0 * result.totals().errors() / result.totals().requests());
  }

  private static String footer() {
    return "<footer>Made by mlops. Beside this page: report.json, timeline.csv, junit.xml, and"
        + " latency.hlog with every interval's histogram.</footer>\n";
  }

  private static String style() {
    try (InputStream css = HtmlReport.class.getResourceAsStream("report.css")) {
      return new String(css.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

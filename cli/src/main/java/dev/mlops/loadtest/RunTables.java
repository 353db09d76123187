package dev.mlops.loadtest;

import dev.mlops.config.Durations;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables of a report on the test itself: what was sent, when, and whether it counts. */
final class RunTables {
  private final LoadResult result;
  private final Evidence evidence;

  RunTables(LoadResult result) {
    this.result = result;
    this.evidence = result.evidence();
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
    facts.put("Target", plan.target().toString());
    facts.put("Load", plan.load().describe());
    plan.tasks().forEach(task -> facts.put("Task " + task.name(), describe(task)));
    result.endedEarly().ifPresent(why -> facts.put("Ended early", why));
    facts.put(
        "Duration",
        "%s ramp, %s warm-up, %s measured"
            .formatted(
                Durations.format(plan.ramp()),
                Durations.format(plan.timing().warmUp()),
                Figures.seconds(result.totals().seconds())));
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

  private static String describe(Task task) {
    Task.Request request = task.request();
    return "%s %s, body: %s, weight %d"
        .formatted(request.method(), request.path(), payload(request.payloads()), task.weight());
  }

  private static String payload(Payloads payloads) {
    return switch (payloads) {
      case Payloads.FromSchema _ -> "like the rows that the model has learnt from";
      case Payloads.FromCsv(Path rows, Optional<Path> _) -> "rows of " + rows.getFileName();
      case Payloads.Literal(String body) ->
          body.isEmpty()
              ? "none"
              : Template.parse(body).isFixed()
                  ? "the same every time"
                  : "generated from a template";
    };
  }

  /** Every figure that a chart shows can be read here, too. */
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
            List.of(
                "At",
                evidence.plan().load().crowd(),
                "Answers/s",
                "Errors/s",
                "p50 ms",
                "p95 ms",
                "p99 ms"),
            rows)
        + "</details>\n";
  }

  private static String orDash(double value) {
    return Double.isNaN(value) ? "–" : Figures.number(value);
  }
}

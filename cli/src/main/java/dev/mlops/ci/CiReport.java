package dev.mlops.ci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run has found, for a job's summary and for the comment: a pure function of the answers.
 */
public record CiReport(Reports reports) {
  private static final List<String> COMMANDS =
      List.of("config", "train", "build", "plan", "loadtest", "deploy", "preview");

  public String markdown() {
    Markdown page = new Markdown();
    failures(page);
    model(page);
    SpeedReport.write(
        page, reports.of("loadtest"), reports.of("base-loadtest"), "Is it fast enough?");
    SpeedReport.write(
        page,
        reports.of("deploy").path("loadtest"),
        MissingNode.getInstance(),
        "Load test of what was deployed");
    changes(page);
    cost(page);
    deployed(page, "Deployed", reports.of("deploy"));
    deployed(page, "Preview", reports.of("preview"));
    String text = page.toString();
    return text.isEmpty() ? "Nothing was reported: the run ended before its first step.\n" : text;
  }

  private void failures(Markdown page) {
    for (String command : COMMANDS) {
      JsonNode error = reports.of(command).path("error");
      if (error.isObject()) {
        page.line(
            "**✗ "
                + command
                + "**: "
                + Markdown.plain(error.path("message").asText())
                + " ("
                + Markdown.code(error.path("code").asText())
                + ")");
        paragraph(page, error.path("why").asText());
        page.line("");
      }
    }
  }

  private static void paragraph(Markdown page, String text) {
    if (!text.isBlank()) {
      page.line("").line(Markdown.plain(text));
    }
  }

  private void model(Markdown page) {
    JsonNode card = reports.of("train").path("card");
    if (!card.isObject()) {
      return;
    }
    page.heading("Is the model better?");
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("metric", "base branch", "here", "cross-validated difference", ""));
    for (MetricChange change : MetricChange.of(reports.of("base-train").path("card"), card)) {
      rows.add(
          List.of(
              Markdown.plain(change.metric()),
              change.before().isPresent() ? Markdown.figure(change.before().getAsDouble()) : "–",
              Markdown.figure(change.now()),
              change.validated().map(CiReport::difference).orElse("–"),
              change.verdict()));
    }
    page.table(rows);
    if (card.path("inputs").equals(reports.of("base-train").at("/card/inputs"))) {
      page.line("Trained from the same data with the same settings: it is the same model.")
          .line("");
    }
  }

  private static String difference(MetricChange.Validated figures) {
    return String.format(Locale.ROOT, "%+.4g ± %.2g", figures.difference(), 2 * figures.error());
  }

  private void changes(Markdown page) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("setting", "base branch", "here"));
    if (reports.has("base-config") && reports.has("config")) {
      Map<String, String> before = settings(reports.of("base-config"));
      Map<String, String> now = settings(reports.of("config"));
      before.forEach((key, value) -> {
        if (!value.equals(now.getOrDefault(key, ""))) {
          rows.add(row(key, value, now.getOrDefault(key, "")));
        }
      });
      now.forEach((key, value) -> {
        if (!before.containsKey(key)) {
          rows.add(row(key, "", value));
        }
      });
    }
    List<String> steps = steps(reports.has("preview") ? "preview" : "plan");
    if (rows.size() == 1 && steps.isEmpty()) {
      return;
    }
    page.heading("What changes?");
    if (rows.size() > 1) {
      page.table(rows);
    }
    steps.forEach(page::line);
    page.line("");
  }

  private static List<String> row(String key, String before, String now) {
    return List.of(Markdown.code(key), cell(before), cell(now));
  }

  private static String cell(String value) {
    return value.isEmpty() ? "–" : Markdown.code(value);
  }

  private static Map<String, String> settings(JsonNode config) {
    Map<String, String> values = new TreeMap<>();
    for (JsonNode setting : config.path("values")) {
      JsonNode value = setting.path("value");
      values.put(
          setting.path("key").asText(), value.isValueNode() ? value.asText() : value.toString());
    }
    return values;
  }

  private List<String> steps(String command) {
    List<String> lines = new ArrayList<>();
    for (JsonNode step : reports.of(command).path("steps")) {
      String outcome = step.path("outcome").asText();
      if (outcome.equals("planned") || outcome.equals("changed") || outcome.equals("failed")) {
        String detail = step.path("detail").asText();
        lines.add(
            "- "
                + outcome
                + ": "
                + Markdown.plain(step.path("title").asText())
                + (detail.isBlank() ? "" : " – " + Markdown.plain(detail)));
      }
    }
    return lines;
  }

  /** Said where the platform has prices. */
  private void cost(Markdown page) {
    for (String command : List.of("cost", "preview", "plan", "deploy")) {
      JsonNode answer = reports.of(command);
      JsonNode cost = answer.path("cost").isObject() ? answer.path("cost") : answer;
      if (cost.path("monthly").isNumber() && cost.path("priceDate").isTextual()) {
        page.heading("What does it cost?");
        page.line(
                String.format(
                    Locale.ROOT,
                    "%.2f %s a month, %.3f an hour, at the list prices of %s.",
                    cost.path("monthly").asDouble(),
                    Markdown.plain(cost.path("currency").asText()),
                    cost.path("hourly").asDouble(),
                    Markdown.plain(cost.path("priceDate").asText())))
            .line("");
        return;
      }
    }
  }

  private static void deployed(Markdown page, String heading, JsonNode answer) {
    if (!answer.has("state")) {
      return;
    }
    page.heading(heading);
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("", ""));
    for (String key : List.of("environment", "state", "endpoint", "release", "image", "removed")) {
      String value = answer.path(key).asText("");
      if (!value.isEmpty() && !value.equals("null")) {
        rows.add(List.of(key, Markdown.code(value)));
      }
    }
    page.table(rows);
  }
}

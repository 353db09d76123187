package dev.mlops.ci;

import dev.mlops.config.DidYouMean;
import dev.mlops.config.YamlNode;
import dev.mlops.config.YamlNode.Items;
import dev.mlops.config.YamlNode.Scalar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Filters, activity types, inputs and times of the events that set a workflow off.
 *
 * @see <a href="https://docs.github.com/actions/reference/workflows-and-actions/events">Events</a>
 */
final class EventKeys implements Rule {
  private static final Set<String> OF_REQUESTS =
      Set.of("types", "branches", "branches-ignore", "paths", "paths-ignore");

  /** Keys of events that take others than {@code types}. */
  private static final Map<String, Set<String>> KEYS =
      Map.of(
          "push",
          Set.of("branches", "branches-ignore", "tags", "tags-ignore", "paths", "paths-ignore"),
          "pull_request",
          OF_REQUESTS,
          "pull_request_target",
          OF_REQUESTS,
          "merge_group",
          Set.of("types", "branches", "branches-ignore"),
          "workflow_run",
          Set.of("types", "workflows", "branches", "branches-ignore"),
          "workflow_dispatch",
          Set.of("inputs"),
          "workflow_call",
          Set.of("inputs", "outputs", "secrets"));

  private static final List<String> REQUEST_TYPES =
      List.of(
          ("assigned unassigned labeled unlabeled opened edited closed reopened synchronize"
                  + " converted_to_draft locked unlocked enqueued dequeued milestoned demilestoned"
                  + " ready_for_review review_requested review_request_removed auto_merge_enabled"
                  + " auto_merge_disabled")
              .split(" ", -1));

  private static final Map<String, List<String>> TYPES =
      Map.of(
          "pull_request", REQUEST_TYPES,
          "pull_request_target", REQUEST_TYPES,
          "issue_comment", List.of("created", "edited", "deleted"),
          "pull_request_review_comment", List.of("created", "edited", "deleted"),
          "pull_request_review", List.of("submitted", "edited", "dismissed"),
          "workflow_run", List.of("completed", "requested", "in_progress"),
          "merge_group", List.of("checks_requested"),
          "release",
              List.of(
                  "published",
                  "unpublished",
                  "created",
                  "edited",
                  "deleted",
                  "prereleased",
                  "released"));

  private static final Set<String> INPUT_TYPES =
      Set.of("string", "boolean", "choice", "number", "environment");

  private static final Set<String> INPUT_KEYS =
      Set.of("description", "required", "default", "type", "options", "deprecationMessage");

  private static final Pattern FIELD =
      Pattern.compile(
          "(\\*|[0-9A-Za-z]+(-[0-9A-Za-z]+)?)(/\\d+)?(,(\\*|[0-9A-Za-z]+(-[0-9A-Za-z]+)?)(/\\d+)?)*");

  private static final int CRON_FIELDS = 5;
  private static final int[][] RANGES = {{0, 59}, {0, 23}, {1, 31}, {1, 12}, {0, 7}};

  @Override
  public void check(Workflow workflow, Findings findings) {
    Yaml.each(
        Yaml.at(workflow.root(), "on"),
        (event, entry) -> {
          if (event.equals("schedule")) {
            schedule(entry.value(), findings);
            return;
          }
          keys(entry.value(), KEYS.getOrDefault(event, Set.of("types")), findings);
          filters(entry.value(), findings);
          types(event, entry.value(), findings);
          Yaml.each(
              Yaml.at(entry.value(), "inputs"),
              (_, input) -> input(event, input.value(), findings));
        });
  }

  private static void keys(YamlNode event, Set<String> known, Findings findings) {
    Yaml.each(
        Optional.of(event),
        (key, entry) -> {
          if (!known.contains(key)) {
            findings.error(
                entry.keyAt(),
                "unknown-key",
                "unknown key '" + key + "'" + DidYouMean.hint(key, new TreeSet<>(known)));
          }
        });
  }

  private static void filters(YamlNode event, Findings findings) {
    for (String filter : List.of("branches", "tags", "paths")) {
      Yaml.at(event, filter + "-ignore")
          .filter(_ -> Yaml.at(event, filter).isPresent())
          .ifPresent(both ->
              findings.error(
                  both.at(),
                  "bad-value",
                  "`" + filter + "` and `" + filter + "-ignore` can't stand beside each other"));
    }
  }

  private static void types(String event, YamlNode body, Findings findings) {
    List<String> known = TYPES.getOrDefault(event, List.of());
    for (Scalar type : Yaml.oneOrMany(Yaml.at(body, "types"))) {
      if (!known.isEmpty() && !known.contains(type.text())) {
        findings.error(
            type.at(),
            "bad-value",
            "no type '" + type.text() + "' of " + event + DidYouMean.hint(type.text(), known));
      }
    }
  }

  private static void input(String event, YamlNode input, Findings findings) {
    keys(input, INPUT_KEYS, findings);
    Optional<Scalar> type = Yaml.scalar(input, "type");
    type.filter(given -> !INPUT_TYPES.contains(given.text()))
        .ifPresent(given ->
            findings.error(
                given.at(),
                "bad-value",
                "no type '" + given.text() + "'" + DidYouMean.hint(given.text(), INPUT_TYPES)));
    if (event.equals("workflow_call") && type.isEmpty()) {
      findings.error(input.at(), "missing-key", "`type` is missing");
    }
    if (type.filter(given -> given.text().equals("choice")).isPresent()
        && Yaml.at(input, "options").isEmpty()) {
      findings.error(input.at(), "missing-key", "`options` is missing");
    }
  }

  private static void schedule(YamlNode schedule, Findings findings) {
    if (!(schedule instanceof Items items)) {
      findings.error(schedule.at(), "bad-value", "expected a list, each with `cron`");
      return;
    }
    for (YamlNode item : items.values()) {
      keys(item, Set.of("cron", "timezone"), findings);
      Optional<Scalar> cron = Yaml.scalar(item, "cron");
      if (cron.isEmpty()) {
        findings.error(item.at(), "missing-key", "`cron` is missing");
      }
      cron.filter(times -> !isCron(times.text()))
          .ifPresent(times ->
              findings.error(
                  times.at(),
                  "bad-value",
                  "'" + times.text() + "' is no time: minute, hour, day, month, day of the week"));
    }
  }

  private static boolean isCron(String text) {
    String[] fields = text.strip().split("\\s+", -1);
    if (fields.length != CRON_FIELDS) {
      return false;
    }
    for (int i = 0; i < CRON_FIELDS; i++) {
      int[] range = RANGES[i];
      boolean inRange =
          Pattern.compile("(?<!/)\\b\\d+")
              .matcher(fields[i])
              .results()
              .map(number -> number.group())
              .allMatch(digits ->
                  digits.length() < 3
                      && Integer.parseInt(digits) >= range[0]
                      && Integer.parseInt(digits) <= range[1]);
      if (!FIELD.matcher(fields[i]).matches() || !inRange) {
        return false;
      }
    }
    return true;
  }
}

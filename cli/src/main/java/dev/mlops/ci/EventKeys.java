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

  private static final Set<String> INPUT_TYPES =
      Set.of("string", "boolean", "choice", "number", "environment");

  private static final Set<String> INPUT_KEYS =
      Set.of("description", "required", "default", "type", "options", "deprecationMessage");

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
          if (event.equals("workflow_call")) {
            called(entry.value(), findings);
          } else if (event.equals("workflow_run")
              && Yaml.at(entry.value(), "workflows").isEmpty()) {
            findings.error(entry.keyAt(), "missing-key", "`workflows` is missing");
          }
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
    List<String> known = EventTypes.of(event);
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
    boolean isChoice = type.filter(given -> given.text().equals("choice")).isPresent();
    if (isChoice && Yaml.at(input, "options").isEmpty()) {
      findings.error(input.at(), "missing-key", "`options` is missing");
    }
    Yaml.scalar(input, "default")
        .filter(value -> !isOfType(value, type.map(Scalar::text).orElse("string"), input))
        .ifPresent(value ->
            findings.error(
                value.at(),
                "bad-value",
                "`default` is " + value.describe() + ", which the input does not take"));
  }

  private static boolean isOfType(Scalar value, String type, YamlNode input) {
    List<Scalar> options = Yaml.oneOrMany(Yaml.at(input, "options"));
    return value.text().contains("${{")
        || switch (type) {
          case "boolean" -> value.text().matches("true|false");
          case "number" -> value.text().matches("-?[0-9.]+");
          case "choice" ->
              options.isEmpty()
                  || options.stream().anyMatch(option -> option.text().equals(value.text()));
          default -> true;
        };
  }

  /** What a workflow that others call gives and takes. */
  private static void called(YamlNode event, Findings findings) {
    Yaml.each(
        Yaml.at(event, "outputs"),
        (_, output) -> {
          keys(output.value(), Set.of("description", "value"), findings);
          if (Yaml.at(output.value(), "value").isEmpty()) {
            findings.error(output.keyAt(), "missing-key", "`value` is missing");
          }
        });
    Yaml.each(
        Yaml.at(event, "secrets"),
        (_, secret) -> keys(secret.value(), Set.of("description", "required"), findings));
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
      cron.filter(times -> !CronTime.isTime(times.text()))
          .ifPresent(times ->
              findings.error(
                  times.at(),
                  "bad-value",
                  "'" + times.text() + "' is no time: minute, hour, day, month, day of the week"));
    }
  }
}

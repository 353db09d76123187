package dev.mlops.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.config.Durations;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The form of the live page: what the plan says, and what its user says instead. */
final class LiveForm {
  private LiveForm() {}

  /** A plan as it fills the form. */
  static ObjectNode of(LoadPlan plan) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("target", plan.target().toString());
    json.put("duration", Durations.format(plan.timing().duration()));
    switch (plan.load()) {
      case Load.Closed(Profile users, double spawnRate, Wait wait) ->
          json.put("users", users.toString())
              .put("spawnRate", Figures.exact(spawnRate))
              .put("wait", wait.toString());
      case Load.Open(Profile rate, int _) -> json.put("rate", rate.toString());
      case Load.Replay _ -> json.put("replay", plan.load().brief());
    }
    return json;
  }

  /** What is asked for while a test runs. */
  static double level(JsonNode asked) {
    return Profile.parse(asked.path("level").asText()).first();
  }

  /** What is asked for instead of the plan. */
  static LoadOverrides overrides(JsonNode asked) {
    return new LoadOverrides(
        text(asked, "users", Profile::parse),
        text(asked, "rate", Profile::parse),
        text(asked, "spawnRate", Double::valueOf),
        text(asked, "wait", Wait::parse),
        text(asked, "duration", Durations::parse),
        Optional.empty(),
        List.of(),
        List.of(),
        false);
  }

  private static <T> Optional<T> text(JsonNode asked, String key, Function<String, T> parser) {
    return Optional.of(asked.path(key).asText().strip())
        .filter(text -> !text.isEmpty())
        .map(parser);
  }
}

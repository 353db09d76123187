package dev.mlops.service.artifact;

import dev.mlops.service.json.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A row of the data with the prediction that training made for it.
 *
 * @param input a request body: name to number, text, boolean; a missing value is left out
 * @param scores for each class its probability in the order of the schema, or the predicted number
 */
public record GoldenRow(Map<String, Object> input, List<Double> scores) {
  public GoldenRow {
    input = Collections.unmodifiableMap(new LinkedHashMap<>(input));
    scores = List.copyOf(scores);
  }

  static GoldenRow read(Json json, Target target) {
    Map<String, Object> input = new LinkedHashMap<>();
    json.get("input").members().forEach((name, value) -> input.put(name, value.value()));
    Json output = json.get("output");
    return switch (target) {
      case Target.Quantity _ -> new GoldenRow(input, List.of(output.get("prediction").number()));
      case Target.Classes(_, List<String> names) -> {
        Json probabilities = output.get("probabilities");
        yield new GoldenRow(
            input, names.stream().map(name -> probabilities.get(name).number()).toList());
      }
    };
  }

  /** As golden.json writes it. */
  Map<String, Object> toJson(Target target) {
    Map<String, Object> output = new LinkedHashMap<>();
    switch (target) {
      case Target.Quantity _ -> output.put("prediction", scores.getFirst());
      case Target.Classes(_, List<String> names) -> {
        output.put("prediction", names.get(best()));
        Map<String, Object> probabilities = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
          probabilities.put(names.get(i), scores.get(i));
        }
        output.put("probabilities", probabilities);
      }
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("input", input);
    json.put("output", output);
    return json;
  }

  /** The first of the highest, as a prediction chooses. */
  private int best() {
    return scores.indexOf(Collections.max(scores));
  }
}

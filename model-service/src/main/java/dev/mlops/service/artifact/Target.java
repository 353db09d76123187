package dev.mlops.service.artifact;

import dev.mlops.service.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The column that is predicted. */
public sealed interface Target {
  String name();

  /**
   * @param names in the order of a prediction's scores
   */
  record Classes(String name, List<String> names) implements Target {
    public Classes {
      names = List.copyOf(names);
    }
  }

  /**
   * @param spread of the training rows; the model predicts the standardised value
   */
  record Quantity(String name, Spread spread) implements Target {}

  /** How many scores a prediction has: one for each class, or the number itself. */
  default int scores() {
    return switch (this) {
      case Classes(_, List<String> names) -> names.size();
      case Quantity _ -> 1;
    };
  }

  static Target read(Json json, Task task) {
    String name = json.get("name").text();
    return switch (task) {
      case CLASSIFICATION -> new Classes(name, json.get("classes").texts());
      case REGRESSION -> new Quantity(name, Spread.read(json));
    };
  }

  /** As schema.json writes it. */
  default Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", name());
    switch (this) {
      case Classes(_, List<String> names) -> json.put("classes", names);
      case Quantity(_, Spread spread) -> spread.writeTo(json);
    }
    return json;
  }
}

package dev.mlops.service.artifact;

import dev.mlops.service.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One field of a request. */
public sealed interface Feature permits NumberFeature, CategoryFeature, BooleanFeature {
  String name();

  /** Whether training rows lacked the value, so that a request may lack it too. */
  boolean missing();

  /** The word for the type in schema.json. */
  default String type() {
    return switch (this) {
      case NumberFeature _ -> "number";
      case CategoryFeature _ -> "category";
      case BooleanFeature _ -> "boolean";
    };
  }

  static Feature read(Json json) {
    String name = json.get("name").text();
    boolean missing = json.get("missing").flag();
    Json type = json.get("type");
    return switch (type.text()) {
      case "number" ->
          new NumberFeature(name, Spread.read(json), json.get("integer").flag(), missing);
      case "category" -> new CategoryFeature(name, json.get("categories").texts(), missing);
      case "boolean" -> new BooleanFeature(name, missing);
      default -> throw type.wrong("should be number, category or boolean");
    };
  }

  /** As schema.json writes it. */
  default Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", name());
    json.put("type", type());
    switch (this) {
      case NumberFeature number -> {
        json.put("integer", number.integer());
        number.spread().writeTo(json);
      }
      case CategoryFeature category -> json.put("categories", List.copyOf(category.categories()));
      case BooleanFeature _ -> {}
    }
    json.put("missing", missing());
    return json;
  }
}

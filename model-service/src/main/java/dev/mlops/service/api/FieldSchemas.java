package dev.mlops.service.api;

import static dev.mlops.service.json.Json.object;

import dev.mlops.service.artifact.BooleanFeature;
import dev.mlops.service.artifact.CategoryFeature;
import dev.mlops.service.artifact.Feature;
import dev.mlops.service.artifact.NumberFeature;
import dev.mlops.service.artifact.Schema;
import dev.mlops.service.artifact.Spread;
import dev.mlops.service.artifact.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The model's own fields as JSON Schema (draft 2020-12). */
final class FieldSchemas {
  /** An annotation: where the training rows lie, which a request need not keep to. */
  private static final String TRAINED = "x-trained";

  private FieldSchemas() {}

  /**
   * An object with the model's fields.
   *
   * @param sample a row that training predicted; empty if there is none
   */
  static Map<String, Object> row(Schema schema, Map<String, Object> sample) {
    Map<String, Object> row = object("type", "object", "properties", fields(schema.features()));
    row.put("required", required(schema.features()));
    row.put("additionalProperties", false);
    if (!sample.isEmpty()) {
      row.put("examples", List.of(sample));
    }
    return row;
  }

  /** The values of a row without their names. */
  static Map<String, Object> values(Schema schema) {
    int count = schema.features().size();
    return object(
        "type",
        "array",
        "description",
        "A value for each field of a row, in their order",
        "minItems",
        count,
        "maxItems",
        count);
  }

  /** The answer to one row. */
  static Map<String, Object> prediction(Target target) {
    return switch (target) {
      case Target.Quantity(String name, Spread spread) ->
          answer(object("prediction", quantity(name, spread)), List.of("prediction"));
      case Target.Classes(String name, List<String> classes) ->
          answer(
              object(
                  "prediction",
                  object("type", "string", "description", name, "enum", classes),
                  "probabilities",
                  probabilities(classes)),
              List.of("prediction", "probabilities"));
    };
  }

  private static Map<String, Object> quantity(String name, Spread spread) {
    Map<String, Object> quantity = object("type", "number", "description", name);
    if (!spread.equals(Spread.UNKNOWN)) {
      quantity.put(TRAINED, object("min", spread.min(), "max", spread.max()));
    }
    return quantity;
  }

  private static Map<String, Object> answer(Map<String, Object> fields, List<String> required) {
    return object("type", "object", "properties", fields, "required", required);
  }

  private static Map<String, Object> probabilities(List<String> classes) {
    Map<String, Object> each = new LinkedHashMap<>();
    classes.forEach(name -> each.put(name, object("type", "number", "minimum", 0, "maximum", 1)));
    return answer(each, classes);
  }

  private static Map<String, Object> fields(List<Feature> features) {
    Map<String, Object> fields = new LinkedHashMap<>();
    features.forEach(feature -> fields.put(feature.name(), field(feature)));
    return fields;
  }

  private static Map<String, Object> field(Feature feature) {
    return switch (feature) {
      case NumberFeature(_, Spread spread, boolean integer, boolean missing) -> {
        Map<String, Object> field = object("type", type("number", missing));
        // Of a model that came without data nothing is known.
        if (!spread.equals(Spread.UNKNOWN)) {
          Map<String, Object> trained = trained(spread);
          trained.put("integer", integer);
          field.put(TRAINED, trained);
        }
        yield field;
      }
      case BooleanFeature(_, boolean missing) -> object("type", type("boolean", missing));
      case CategoryFeature(_, List<String> categories, boolean missing) -> {
        List<Object> words = new ArrayList<>(categories);
        if (missing) {
          words.add(null);
        }
        yield object("type", type("string", missing), "enum", words);
      }
    };
  }

  private static Object type(String word, boolean missing) {
    return missing ? List.of(word, "null") : word;
  }

  private static Map<String, Object> trained(Spread spread) {
    return object("min", spread.min(), "max", spread.max(), "mean", spread.mean());
  }

  private static List<String> required(List<Feature> features) {
    return features.stream().filter(feature -> !feature.missing()).map(Feature::name).toList();
  }
}

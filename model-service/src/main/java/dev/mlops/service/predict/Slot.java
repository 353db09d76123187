package dev.mlops.service.predict;

import static dev.mlops.service.predict.Refusal.Reason.UNKNOWN_CATEGORY;
import static dev.mlops.service.predict.Refusal.Reason.WRONG_TYPE;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.mlops.service.artifact.BooleanFeature;
import dev.mlops.service.artifact.CategoryFeature;
import dev.mlops.service.artifact.Feature;
import dev.mlops.service.artifact.NumberFeature;
import dev.mlops.service.data.Fields;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A place in the row and how its value is read. */
sealed interface Slot {
  Feature feature();

  int index();

  /**
   * The value at the parser, as the row holds it; not called for null.
   *
   * @throws Refusal if it is not of the feature's type
   */
  double read(JsonParser json, JsonToken token) throws IOException, Refusal;

  /** The value of a text as a CSV file holds it; not called for a missing one. */
  double of(String text) throws Refusal;

  /** The value of a number that stands for it, as matrices of numbers hold it. */
  double of(double number) throws Refusal;

  record Numeric(Feature feature, int index) implements Slot {
    @Override
    public double read(JsonParser json, JsonToken token) throws IOException, Refusal {
      if (token != JsonToken.VALUE_NUMBER_FLOAT && token != JsonToken.VALUE_NUMBER_INT) {
        throw wrong("a number");
      }
      return of(json.getDoubleValue());
    }

    @Override
    public double of(String text) throws Refusal {
      double value = Fields.number(text);
      if (Double.isNaN(value)) {
        throw wrong("a number");
      }
      return of(value);
    }

    @Override
    public double of(double number) throws Refusal {
      if (!Double.isFinite(number)) {
        throw wrong("a number that a double can hold");
      }
      return number;
    }
  }

  record Flag(Feature feature, int index) implements Slot {
    @Override
    public double read(JsonParser json, JsonToken token) throws Refusal {
      return switch (token) {
        case VALUE_TRUE -> 1;
        case VALUE_FALSE -> 0;
        default -> throw wrong("true or false");
      };
    }

    @Override
    public double of(String text) throws Refusal {
      if (!Fields.isBoolean(text) && !text.equals("0") && !text.equals("1")) {
        throw wrong("true or false");
      }
      return Fields.isTrue(text) ? 1 : 0;
    }

    @Override
    public double of(double number) throws Refusal {
      if (number != 0 && number != 1) {
        throw wrong("0 or 1");
      }
      return number;
    }
  }

  record Category(Feature feature, int index, Map<String, Integer> indices) implements Slot {
    private static final int NAMED = 10;

    @Override
    public double read(JsonParser json, JsonToken token) throws IOException, Refusal {
      if (token != JsonToken.VALUE_STRING) {
        throw wrong("a string");
      }
      return of(json.getText());
    }

    @Override
    public double of(String text) throws Refusal {
      Integer category = indices.get(text);
      if (category == null) {
        throw Refusal.at(
            feature.name(),
            UNKNOWN_CATEGORY,
            "'%s' must be %s".formatted(feature.name(), choices()));
      }
      return category;
    }

    @Override
    public double of(double number) throws Refusal {
      throw wrong("a string");
    }

    private String choices() {
      String some =
          indices.keySet().stream()
              .sorted()
              .limit(NAMED)
              .map(name -> "'" + Refusal.shown(name) + "'")
              .collect(Collectors.joining(", "));
      return "one of " + some + (indices.size() > NAMED ? " … (" + indices.size() + ")" : "");
    }
  }

  static Slot of(Feature feature, int index) {
    return switch (feature) {
      case NumberFeature number -> new Numeric(number, index);
      case BooleanFeature flag -> new Flag(flag, index);
      case CategoryFeature category ->
          new Category(category, index, indices(category.categories()));
    };
  }

  default Refusal wrong(String expected) {
    return Refusal.at(
        feature().name(), WRONG_TYPE, "'" + feature().name() + "' must be " + expected);
  }

  private static Map<String, Integer> indices(List<String> categories) {
    Map<String, Integer> indices = HashMap.newHashMap(categories.size());
    for (int i = 0; i < categories.size(); i++) {
      indices.put(categories.get(i), i);
    }
    return indices;
  }
}

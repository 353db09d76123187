package dev.mlops.service.predict;

import static dev.mlops.service.predict.Refusal.Reason.DUPLICATE_FIELD;
import static dev.mlops.service.predict.Refusal.Reason.MALFORMED_JSON;
import static dev.mlops.service.predict.Refusal.Reason.MISSING_FIELD;
import static dev.mlops.service.predict.Refusal.Reason.UNKNOWN_FIELD;
import static dev.mlops.service.predict.Refusal.Reason.WRONG_SHAPE;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.mlops.service.artifact.Feature;
import dev.mlops.service.artifact.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The fields of one row: which there are, which were seen. For one thread. */
final class Slots {
  private static final int NAMED = 20;

  private final List<Slot> slots = new ArrayList<>();
  private final Map<String, Slot> byName;
  private final Optional<NameGuess> guess;
  // The row in which a slot was last filled: clearing marks for each row would cost more.
  private final int[] filledIn;
  private int row;
  private int filled;

  Slots(Schema schema) {
    List<Feature> features = schema.features();
    byName = HashMap.newHashMap(features.size());
    for (int i = 0; i < features.size(); i++) {
      Slot slot = Slot.of(features.get(i), i);
      slots.add(slot);
      byName.put(slot.feature().name(), slot);
    }
    filledIn = new int[features.size()];
    guess = NameGuess.among(byName.keySet());
  }

  /** Reads the object at whose start the parser stands. */
  void read(JsonParser json, double[] values) throws IOException, Refusal {
    nextRow();
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      Slot slot = fill(name);
      values[slot.index()] = value(slot, json, json.nextToken());
    }
    complete(values);
  }

  /** Reads the row at whose start the parser stands: an object of fields or a list of values. */
  void readEither(JsonParser json, JsonToken token, double[] values) throws IOException, Refusal {
    switch (token) {
      case START_OBJECT -> read(json, values);
      case START_ARRAY -> readList(json, values);
      default ->
          throw Refusal.of(MALFORMED_JSON, "A row must be an object of fields or a list of values");
    }
  }

  /** Reads the list at whose start the parser stands: a value for each slot, in their order. */
  void readList(JsonParser json, double[] values) throws IOException, Refusal {
    int count = 0;
    for (JsonToken token = json.nextToken();
        token != JsonToken.END_ARRAY;
        token = json.nextToken()) {
      if (count < values.length) {
        values[count] = value(slots.get(count), json, token);
      } else {
        json.skipChildren();
      }
      count++;
    }
    checkCount(count);
  }

  /** Refuses a row of values without names that has not one for each slot. */
  void checkCount(int values) throws Refusal {
    if (values != slots.size()) {
      throw Refusal.of(
          WRONG_SHAPE,
          "It has " + values + " values; the model takes " + slots.size() + ": " + names());
    }
  }

  int size() {
    return slots.size();
  }

  Slot get(int index) {
    return slots.get(index);
  }

  boolean has(String name) {
    return byName.containsKey(name);
  }

  /** The value at the parser, or what stands for null. */
  static double value(Slot slot, JsonParser json, JsonToken token) throws IOException, Refusal {
    return token == JsonToken.VALUE_NULL ? missing(slot) : slot.read(json, token);
  }

  /** The names in their order, or the first of them. */
  String names() {
    String some =
        slots.stream()
            .limit(NAMED)
            .map(slot -> Refusal.shown(slot.feature().name()))
            .collect(Collectors.joining(", "));
    return some + (slots.size() > NAMED ? " …" : "");
  }

  void nextRow() {
    row++;
    filled = 0;
  }

  /** The slot of the name, now marked as filled. */
  Slot fill(String name) throws Refusal {
    Slot slot = byName.get(name);
    if (slot == null) {
      throw unknown(name);
    }
    if (filledIn[slot.index()] == row) {
      throw Refusal.at(name, DUPLICATE_FIELD, "'" + name + "' stands twice");
    }
    filledIn[slot.index()] = row;
    filled++;
    return slot;
  }

  /** Puts NaN where the row has no value and may lack it. */
  void complete(double[] values) throws Refusal {
    if (filled == values.length) {
      return;
    }
    for (Slot slot : slots) {
      if (filledIn[slot.index()] != row) {
        values[slot.index()] = missing(slot);
      }
    }
  }

  /** Refuses a row that lacks a value it needs. */
  void checkComplete() throws Refusal {
    for (Slot slot : slots) {
      if (filledIn[slot.index()] != row) {
        missing(slot);
      }
    }
  }

  /** What stands in the row for a value that is not there. */
  static double missing(Slot slot) throws Refusal {
    Feature feature = slot.feature();
    if (!feature.missing()) {
      String name = feature.name();
      throw Refusal.at(name, MISSING_FIELD, "'" + name + "' is missing: the model needs it");
    }
    return Double.NaN;
  }

  private Refusal unknown(String name) {
    String known =
        guess.flatMap(g -> g.near(name)).map(n -> "; did you mean '" + n + "'?").orElse("");
    return Refusal.at(
        name, UNKNOWN_FIELD, "'" + Refusal.shown(name) + "' is not a field of this model" + known);
  }
}

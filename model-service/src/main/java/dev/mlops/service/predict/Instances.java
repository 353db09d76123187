package dev.mlops.service.predict;

import static dev.mlops.service.predict.Refusal.Reason.DUPLICATE_FIELD;
import static dev.mlops.service.predict.Refusal.Reason.MALFORMED_JSON;
import static dev.mlops.service.predict.Refusal.Reason.MISSING_FIELD;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * Reads {@code {"instances": […]}}, where a row is an object of fields or a list of values. What
 * else the object has is for other servers and is passed over.
 */
final class Instances {
  private static final String NAME = "instances";

  private final Slots slots;

  Instances(Slots slots) {
    this.slots = slots;
  }

  void read(byte[] body, int from, int length, Rows rows) throws Refusal {
    JsonParser json = JsonBody.parser(body, from, length);
    try {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw Refusal.of(MALFORMED_JSON, "The body must be an object with a list of instances");
      }
      members(json, rows);
      JsonBody.end(json);
    } catch (IOException _) {
      throw JsonBody.malformed(json);
    }
  }

  private void members(JsonParser json, Rows rows) throws IOException, Refusal {
    boolean found = false;
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      JsonToken token = json.nextToken();
      if (!name.equals(NAME)) {
        json.skipChildren();
      } else if (found) {
        throw Refusal.at(NAME, DUPLICATE_FIELD, "'instances' stands twice");
      } else if (token != JsonToken.START_ARRAY) {
        throw Refusal.at(NAME, MALFORMED_JSON, "'instances' must be a list of rows");
      } else {
        found = true;
        list(json, rows);
      }
    }
    if (!found) {
      throw Refusal.at(NAME, MISSING_FIELD, "'instances' is missing: the rows to predict");
    }
  }

  private void list(JsonParser json, Rows rows) throws IOException, Refusal {
    for (JsonToken token = json.nextToken();
        token != JsonToken.END_ARRAY;
        token = json.nextToken()) {
      try {
        slots.readEither(json, token, rows.next());
      } catch (Refusal refusal) {
        throw refusal.inRow(rows.count());
      } catch (IOException _) {
        throw JsonBody.malformed(json).inRow(rows.count());
      }
      rows.add();
    }
  }
}

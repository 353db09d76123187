package dev.mlops.service.predict;

import static dev.mlops.service.predict.Refusal.Reason.MALFORMED_JSON;
import static dev.mlops.service.predict.Refusal.Reason.TOO_MANY_ROWS;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.mlops.service.artifact.Schema;
import java.io.IOException;

/**
 * Reads rows out of a body, straight from bytes to doubles. No level of nesting is ever entered but
 * the list and its objects, so that deep JSON costs nothing. For one thread.
 */
final class RowReader {
  // Detection would take a body in UTF-16 for good JSON; interning would let clients fill a table
  // that the whole process shares.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .build();

  private final Slots slots;
  private final int maxRows;
  private JsonParser json;
  private boolean list;
  private int rows;

  RowReader(Schema schema, int maxRows) {
    this.slots = new Slots(schema);
    this.maxRows = maxRows;
  }

  /**
   * Begins a body of so many bytes.
   *
   * @return whether it is a list of rows rather than one
   */
  boolean open(byte[] body, int length) throws Refusal {
    rows = 0;
    if (!Utf8.isValid(body, length)) {
      throw Refusal.of(MALFORMED_JSON, "The body is not UTF-8");
    }
    try {
      json = JSON.createParser(body, 0, length);
      list = json.nextToken() == JsonToken.START_ARRAY;
      return list;
    } catch (IOException _) {
      throw malformed();
    }
  }

  /**
   * Reads the next row.
   *
   * @param row receives a value for each feature
   * @return false if there is none: then the body has ended as it should
   */
  boolean next(double[] row) throws Refusal {
    try {
      if (list ? json.nextToken() == JsonToken.END_ARRAY : rows > 0) {
        end();
        return false;
      }
      begin();
      read(row);
      return true;
    } catch (IOException _) {
      throw inRow(malformed());
    } catch (Refusal refusal) {
      throw inRow(refusal);
    }
  }

  private void begin() throws Refusal {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw json.currentToken() == null && json.currentTokenLocation().getByteOffset() <= 0
          ? Refusal.of(MALFORMED_JSON, "The body is empty")
          : Refusal.of(MALFORMED_JSON, "A row must be an object with the model's fields");
    }
    if (rows == maxRows) {
      throw Refusal.of(TOO_MANY_ROWS, "A list may hold at most " + maxRows + " rows");
    }
    rows++;
    slots.nextRow();
  }

  private void read(double[] row) throws IOException, Refusal {
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      Slot slot = slots.fill(name);
      JsonToken token = json.nextToken();
      row[slot.index()] =
          token == JsonToken.VALUE_NULL ? Slots.missing(slot) : slot.read(json, token);
    }
    slots.complete(row);
  }

  private void end() throws IOException, Refusal {
    if (json.nextToken() != null) {
      throw Refusal.of(MALFORMED_JSON, "There is more after the end of the JSON value");
    }
  }

  private Refusal inRow(Refusal refusal) {
    return list && rows > 0 && refusal.reason() != TOO_MANY_ROWS
        ? refusal.inRow(rows - 1)
        : refusal;
  }

  /** The parser's own message would quote the body. */
  private Refusal malformed() {
    JsonLocation at = json.currentLocation();
    String message =
        "The body is not valid JSON at line %d, column %d"
            .formatted(at.getLineNr(), at.getColumnNr());
    String field = currentField();
    return field == null
        ? Refusal.of(MALFORMED_JSON, message)
        : Refusal.at(field, MALFORMED_JSON, message);
  }

  /** The field whose value the parser is at, or null: a name alone says nothing. */
  private String currentField() {
    try {
      return json.currentName();
    } catch (IOException _) {
      return null;
    }
  }
}

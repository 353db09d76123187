package dev.mlops.service.predict;

import static dev.mlops.service.predict.Refusal.Reason.MALFORMED_JSON;
import static dev.mlops.service.predict.Refusal.Reason.TOO_MANY_ROWS;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * Reads rows out of a body, straight from bytes to doubles. No level of nesting is ever entered but
 * the list and its objects, so that deep JSON costs nothing. For one thread.
 */
final class RowReader {
  private final Slots slots;
  private final int maxRows;
  private JsonParser json;
  private boolean list;
  private int rows;

  RowReader(Slots slots, int maxRows) {
    this.slots = slots;
    this.maxRows = maxRows;
  }

  /**
   * Begins a body of so many bytes.
   *
   * @return whether it is a list of rows rather than one
   */
  boolean open(byte[] body, int from, int length) throws Refusal {
    rows = 0;
    json = JsonBody.parser(body, from, length);
    try {
      list = json.nextToken() == JsonToken.START_ARRAY;
      return list;
    } catch (IOException _) {
      throw JsonBody.malformed(json);
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
        JsonBody.end(json);
        return false;
      }
      begin();
      slots.read(json, row);
      return true;
    } catch (IOException _) {
      throw inRow(JsonBody.malformed(json));
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
  }

  private Refusal inRow(Refusal refusal) {
    return list && rows > 0 && refusal.reason() != TOO_MANY_ROWS
        ? refusal.inRow(rows - 1)
        : refusal;
  }
}

package dev.mlops.service.predict;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Reads rows that stand one after the other, as <a href="https://jsonlines.org">JSON Lines</a>. */
final class JsonLines {
  private final Slots slots;

  JsonLines(Slots slots) {
    this.slots = slots;
  }

  void read(byte[] body, int from, int length, Rows rows) throws Refusal {
    JsonParser json = JsonBody.parser(body, from, length);
    try {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        row(json, token, rows);
        rows.add();
      }
    } catch (IOException _) {
      throw JsonBody.malformed(json).inRow(rows.count());
    }
  }

  private void row(JsonParser json, JsonToken token, Rows rows) throws IOException, Refusal {
    try {
      slots.readEither(json, token, rows.next());
    } catch (Refusal refusal) {
      throw refusal.inRow(rows.count());
    }
  }
}

package dev.mlops.service.predict;

import static dev.mlops.service.predict.Refusal.Reason.MALFORMED_JSON;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;

/** Request bodies as a parser sees them, and what is said of those that are no JSON. */
final class JsonBody {
  // Detection would take a body in UTF-16 for good JSON; interning would let clients fill a table
  // that the whole process shares.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .build();

  private JsonBody() {}

  static JsonParser parser(byte[] body, int from, int length) throws Refusal {
    if (!Utf8.isValid(body, from, length)) {
      throw Refusal.of(MALFORMED_JSON, "The body is not UTF-8");
    }
    return part(body, from, length);
  }

  /** A part of what is known to be UTF-8. */
  static JsonParser part(byte[] body, int from, int length) throws Refusal {
    try {
      return JSON.createParser(body, from, length);
    } catch (IOException _) {
      throw Refusal.of(MALFORMED_JSON, "The body can't be read");
    }
  }

  /** Refuses whatever follows the body's one value. */
  static void end(JsonParser json) throws IOException, Refusal {
    if (json.nextToken() != null) {
      throw Refusal.of(MALFORMED_JSON, "There is more after the end of the JSON value");
    }
  }

  /** The parser's own message would quote the body. */
  static Refusal malformed(JsonParser json) {
    JsonLocation at = json.currentLocation();
    String message =
        "The body is not valid JSON at line %d, column %d"
            .formatted(at.getLineNr(), at.getColumnNr());
    String field = currentField(json);
    return field == null
        ? Refusal.of(MALFORMED_JSON, message)
        : Refusal.at(field, MALFORMED_JSON, message);
  }

  /** The field whose value the parser is at, or null: a name alone says nothing. */
  private static String currentField(JsonParser json) {
    try {
      return json.currentName();
    } catch (IOException _) {
      return null;
    }
  }
}

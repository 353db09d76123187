package dev.mlops.scaffold;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.scaffold.DataFacts.Column;
import java.math.BigDecimal;
import java.util.Locale;

/** A request of values that stand in the data. */
final class SampleRequest {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private SampleRequest() {}

  static String of(DataFacts seen) {
    ObjectNode request = JSON.createObjectNode();
    seen.features().stream()
        .filter(column -> !column.examples().isEmpty())
        .forEach(column -> put(request, column, column.examples().getFirst()));
    try {
      return JSON.writeValueAsString(request).replace("\r\n", "\n") + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void put(ObjectNode request, Column column, String example) {
    switch (column.type()) {
      case "number" -> request.put(column.name(), new BigDecimal(example.strip()));
      case "boolean" -> request.put(column.name(), isTrue(example));
      default -> request.put(column.name(), example);
    }
  }

  private static boolean isTrue(String example) {
    String word = example.strip().toLowerCase(Locale.ROOT);
    return word.equals("true") || word.equals("yes") || word.equals("1");
  }
}

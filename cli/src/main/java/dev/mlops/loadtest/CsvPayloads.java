package dev.mlops.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.mlops.problem.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Rows of a CSV file as request bodies. */
final class CsvPayloads {
  /** Enough for variety; a large file is not read whole. */
  private static final int MOST_ROWS = 100_000;

  private static final Set<String> TRUE = Set.of("true", "t", "yes", "y", "1");

  private final Path file;
  private final Optional<SchemaPayloads> schema;

  CsvPayloads(Path file, Optional<SchemaPayloads> schema) {
    this.file = file;
    this.schema = schema;
  }

  List<String> render() {
    try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file);
        Stream<NamedCsvRecord> stream = rows.stream()) {
      List<String> bodies = stream.limit(MOST_ROWS).map(row -> body(row.getFieldsAsMap())).toList();
      if (bodies.isEmpty()) {
        throw new IOException("it has no rows below its header");
      }
      return bodies;
    } catch (IOException | UncheckedIOException | CsvParseException e) {
      throw Code.LOAD_PAYLOAD.problem(
          "The rows of " + file + " can't be sent", "", "Correct the file or name another one.", e);
    }
  }

  private String body(Map<String, String> row) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    row.forEach((name, text) -> {
      if (schema.isEmpty()) {
        body.set(name, asItLooks(text));
      } else {
        schema.get().feature(name).ifPresent(feature -> body.set(name, typed(feature, text)));
      }
    });
    if (body.isEmpty()) {
      throw Code.LOAD_PAYLOAD.problem(
          "No column of " + file + " is a feature of the model",
          "The header names " + String.join(", ", row.keySet()) + ".",
          "Name a file with the model's columns.");
    }
    return body.toString();
  }

  private static JsonNode typed(JsonNode feature, String text) {
    String type = feature.path("type").asText();
    if (text.isBlank() || type.equals("number")) {
      return asItLooks(text);
    }
    return type.equals("boolean")
        ? JsonNodeFactory.instance.booleanNode(TRUE.contains(text.strip().toLowerCase(Locale.ROOT)))
        : JsonNodeFactory.instance.textNode(text);
  }

  private static JsonNode asItLooks(String text) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "" -> nodes.nullNode();
      case "true" -> nodes.booleanNode(true);
      case "false" -> nodes.booleanNode(false);
      default ->
          number(text).<JsonNode>map(nodes::numberNode).orElseGet(() -> nodes.textNode(text));
    };
  }

  private static Optional<BigDecimal> number(String text) {
    try {
      return Optional.of(new BigDecimal(text.strip()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}

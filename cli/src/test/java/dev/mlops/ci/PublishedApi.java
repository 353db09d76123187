package dev.mlops.ci;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The operations of GitHub's published API description that mlops calls. */
final class PublishedApi {
  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

  private final JsonNode operations;

  PublishedApi() {
    try (InputStream in = PublishedApi.class.getResourceAsStream("/github/api.json")) {
      operations = new ObjectMapper().readTree(in).path("operations");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The operation that a request is for. */
  Optional<JsonNode> operation(String method, String path) {
    for (JsonNode operation : operations) {
      String pattern =
          Pattern.compile("\\{[^}]+}").matcher(operation.path("path").asText()).replaceAll("[^/]+");
      if (operation.path("method").asText().equals(method) && path.matches(pattern)) {
        return Optional.of(operation);
      }
    }
    return Optional.empty();
  }

  /** What the schema has against a request's body. */
  static Set<?> faults(JsonNode operation, JsonNode body) {
    JsonSchema schema = SCHEMAS.getSchema(operation.path("request"));
    return schema.validate(body);
  }

  /** An answer in the published form: ours, and whatever else is required there. */
  static JsonNode answer(JsonNode operation, int status, JsonNode ours) {
    JsonNode schema = operation.path("responses").path(Integer.toString(status));
    assertEquals(false, schema.isMissingNode(), operation + " never answers " + status);
    if (!schema.isObject()) {
      return ours;
    }
    JsonNode whole = completed(schema, ours);
    assertEquals(Set.of(), SCHEMAS.getSchema(schema).validate(whole), "the fake's own answer");
    return whole;
  }

  private static JsonNode completed(JsonNode schema, JsonNode ours) {
    if (ours.isArray()) {
      var all = JsonNodeFactory.instance.arrayNode();
      ours.forEach(item -> all.add(completed(schema.path("items"), item)));
      return all;
    }
    if (!ours.isObject()) {
      return ours;
    }
    ObjectNode whole = ours.deepCopy();
    ours.properties()
        .forEach(entry ->
            whole.set(
                entry.getKey(),
                completed(schema.path("properties").path(entry.getKey()), entry.getValue())));
    for (JsonNode name : schema.path("required")) {
      if (!whole.has(name.asText())) {
        whole.set(name.asText(), sample(schema.path("properties").path(name.asText())));
      }
    }
    return whole;
  }

  /** The least that a schema takes. */
  private static JsonNode sample(JsonNode schema) {
    JsonNodeFactory make = JsonNodeFactory.instance;
    for (String either : new String[] {"anyOf", "oneOf", "allOf"}) {
      if (schema.path(either).isArray()) {
        return sample(schema.path(either).get(0));
      }
    }
    if (schema.path("enum").isArray()) {
      return schema.path("enum").get(0);
    }
    JsonNode type = schema.path("type");
    if (type.isArray()) {
      return make.nullNode();
    }
    return switch (type.asText()) {
      case "string" -> make.textNode(text(schema));
      case "integer", "number" -> make.numberNode(1);
      case "boolean" -> make.booleanNode(false);
      case "array" -> make.arrayNode();
      default -> completed(schema, make.objectNode());
    };
  }

  private static String text(JsonNode schema) {
    return switch (schema.path("format").asText()) {
      case "uri" -> "https://github.com/x";
      case "date-time" -> "2026-01-01T00:00:00Z";
      default -> "x";
    };
  }
}

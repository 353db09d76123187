package dev.mlops.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The config's JSON Schema (2020-12), by which editors complete and check {@code mlops.yaml}. */
public final class ConfigSchema {
  static final String ENVIRONMENTS_DOC =
      "Each environment puts its keys over the ones above: groups of keys are merged, values and"
          + " lists are replaced. `--env NAME` selects one; without it, `dev` is used if it is"
          + " here.";

  private final Map<String, Object> defaults = Defaults.ofAllKeys();
  private final Map<String, Object> definitions = new TreeMap<>();

  private ConfigSchema() {}

  public static String json() {
    try {
      return new ObjectMapper()
              .enable(SerializationFeature.INDENT_OUTPUT)
              .writeValueAsString(new ConfigSchema().root())
              .replace("\r\n", "\n")
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, Object> root() {
    Shape.Section shape = Shape.of(MlopsConfig.class);
    Map<String, Object> file = properties(shape, "");
    Map<String, Object> part = new LinkedHashMap<>(file);
    part.remove("apiVersion");
    file.put(
        Environments.KEY,
        described(
            Map.of(
                "type", "object",
                "propertyNames", name(),
                "additionalProperties", Map.of("$ref", "#/$defs/environment")),
            ENVIRONMENTS_DOC));
    definitions.put("environment", object(part, List.of()));
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("$comment", "Written by `mlops init` for editors; do not edit.");
    root.put("title", "mlops.yaml");
    root.putAll(object(file, required(shape)));
    root.put("$defs", definitions);
    return root;
  }

  private Map<String, Object> properties(Shape.Section section, String prefix) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Shape.Key key : section.keys()) {
      String path = prefix + key.name();
      Map<String, Object> property = described(schema(key.shape(), path), key.doc());
      Optional.ofNullable(defaults.get(path)).ifPresent(value -> property.put("default", value));
      properties.put(key.name(), property);
    }
    return properties;
  }

  private Map<String, Object> schema(Shape shape, String path) {
    return switch (shape) {
      case Shape.Section section -> {
        Map<String, Object> object = object(properties(section, path + "."), required(section));
        object.put("type", List.of("object", "null")); // All its keys may be commented out.
        definitions.put(path, object);
        yield Map.of("$ref", "#/$defs/" + path);
      }
      case Shape.MapOf(Shape value) ->
          Map.of("type", "object", "additionalProperties", schema(value, path + ".*"));
      case Shape.ListOf(Shape item) -> Map.of("type", "array", "items", schema(item, path + ".*"));
      case Shape.Choice choice -> Map.of("enum", choice.labels());
      case Shape.Value value -> value(value);
    };
  }

  private static Map<String, Object> value(Shape.Value value) {
    Map<String, Object> schema = new LinkedHashMap<>(value.type().schema());
    value.range().ifPresent(bounds -> putBounds(schema, bounds));
    return schema;
  }

  private static void putBounds(Map<String, Object> schema, Range range) {
    schema.put("minimum", Bounds.plain(range.min()));
    if (!Double.isInfinite(range.max())) {
      schema.put("maximum", Bounds.plain(range.max()));
    }
  }

  private static Map<String, Object> name() {
    return Map.of("pattern", "^" + Name.PATTERN + "$");
  }

  private static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("type", "object");
    object.put("additionalProperties", false);
    if (!required.isEmpty()) {
      object.put("required", required);
    }
    object.put("properties", properties);
    return object;
  }

  private static Map<String, Object> described(Map<String, Object> schema, String doc) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("description", doc);
    described.putAll(new TreeMap<>(schema));
    return described;
  }

  private static List<String> required(Shape.Section section) {
    return section.keys().stream()
        .filter(key -> key.required().isPresent())
        .map(Shape.Key::name)
        .toList();
  }
}

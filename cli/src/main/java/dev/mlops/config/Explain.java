package dev.mlops.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says of every key what it is, where that comes from and what it means. */
public final class Explain {
  /**
   * @param key such as {@code model.gate.accuracy}
   * @param value as it would be written; empty if the key has neither a value nor a default
   */
  public record Row(String key, String value, Origin origin, String doc) {}

  private Explain() {}

  /** In the order of the reference. */
  public static List<Row> rows(LoadedConfig loaded) {
    List<Row> rows = new ArrayList<>();
    collect(Shape.of(MlopsConfig.class), PlainConfig.of(loaded.config()), "", loaded, rows);
    return rows;
  }

  private static void collect(
      Shape.Section section, Map<?, ?> values, String prefix, LoadedConfig loaded, List<Row> rows) {
    for (Shape.Key key : section.keys()) {
      String path = prefix + key.name();
      Object value = values.get(key.name());
      switch (key.shape()) {
        case Shape.Section inner ->
            collect(
                inner, value instanceof Map<?, ?> map ? map : Map.of(), path + ".", loaded, rows);
        case Shape.Value _, Shape.Choice _, Shape.ListOf _, Shape.MapOf _ ->
            rows.add(
                new Row(path, value == null ? "" : text(value), loaded.origin(path), key.doc()));
      }
    }
  }

  /** In YAML's flow form. */
  static String text(Object value) {
    return switch (value) {
      case List<?> list -> "[" + String.join(", ", list.stream().map(Explain::text).toList()) + "]";
      case Map<?, ?> map ->
          "{"
              + String.join(
                  ", ",
                  map.entrySet().stream()
                      .map(entry -> entry.getKey() + ": " + text(entry.getValue()))
                      .toList())
              + "}";
      default -> value.toString();
    };
  }
}

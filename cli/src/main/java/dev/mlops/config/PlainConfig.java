package dev.mlops.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** The config as maps, lists, strings, numbers and booleans, in the form that the file has. */
public final class PlainConfig {
  private PlainConfig() {}

  /** What has neither a value nor a default is left out. */
  public static Map<String, Object> of(MlopsConfig config) {
    return section(Shape.of(MlopsConfig.class), config);
  }

  /** The same as YAML, which {@link ConfigLoader} reads back as an equal config. */
  public static String yaml(MlopsConfig config) {
    var options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setIndicatorIndent(2);
    options.setIndentWithIndicator(true);
    options.setAllowUnicode(true);
    options.setWidth(1_000);
    return new Yaml(options).dump(of(config));
  }

  static Object write(Shape shape, Object value) {
    return switch (shape) {
      case Shape.Section section -> section(section, (Record) value);
      case Shape.MapOf(Shape inner) -> entries(inner, (Map<?, ?>) value);
      case Shape.ListOf(Shape item) -> items(item, (List<?>) value);
      case Shape.Choice _ -> Shape.label((Enum<?>) value);
      case Shape.Value(ValueType<?> type, Optional<Range> _) -> type.write(value);
    };
  }

  private static Map<String, Object> section(Shape.Section section, Record record) {
    Map<String, Object> plain = new LinkedHashMap<>();
    for (Shape.Key key : section.keys()) {
      Object value = key.valueIn(record);
      Object present = value instanceof Optional<?> optional ? optional.orElse(null) : value;
      if (present != null) {
        plain.put(key.name(), write(key.shape(), present));
      }
    }
    return plain;
  }

  private static Map<String, Object> entries(Shape shape, Map<?, ?> map) {
    Map<String, Object> plain = new LinkedHashMap<>();
    map.keySet().stream()
        .map(String.class::cast)
        .sorted()
        .forEach(name -> plain.put(name, write(shape, map.get(name))));
    return plain;
  }

  private static List<Object> items(Shape shape, List<?> values) {
    List<Object> plain = new ArrayList<>();
    values.forEach(value -> plain.add(write(shape, value)));
    return plain;
  }
}

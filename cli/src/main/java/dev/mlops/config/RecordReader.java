package dev.mlops.config;

import dev.mlops.config.YamlNode.Items;
import dev.mlops.config.YamlNode.Mapping;
import dev.mlops.config.YamlNode.Scalar;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a tree of records from YAML: a key for each component, which is null in the canonical
 * constructor where the file does not say, so that the record itself gives the default. Goes on
 * after a problem, so that all of them are found.
 */
public final class RecordReader {
  private final Complaints complaints;

  public RecordReader(Complaints complaints) {
    this.complaints = complaints;
  }

  /**
   * @param type a record whose components have a {@link Doc} and a type that {@link ValueType}
   *     knows, or are enums, records, or lists, maps or optionals of these
   * @return absent if a required key is missing or wrong; the complaints say which
   */
  public <R extends Record> Optional<R> read(Class<R> type, Mapping mapping) {
    return section(Shape.of(type), mapping, "").map(type::cast);
  }

  private Optional<Object> node(Shape shape, YamlNode node, String path) {
    return switch (shape) {
      case Shape.Section section ->
          node instanceof Mapping mapping
              ? section(section, mapping, path)
              : noSection(section, node, path);
      case Shape.MapOf(Shape value) ->
          node instanceof Mapping mapping
              ? Optional.of(entries(value, mapping, path))
              : wrong(node, path, "expected keys with values");
      case Shape.ListOf(Shape item) ->
          node instanceof Items items
              ? Optional.of(items(item, items, path))
              : wrong(node, path, "expected a list such as [a, b]");
      case Shape.Choice choice ->
          node instanceof Scalar scalar
              ? choice(choice, scalar, path)
              : wrong(node, path, "expected one of " + String.join(", ", choice.labels()));
      case Shape.Value value ->
          node instanceof Scalar scalar
              ? value(value, scalar, path)
              : wrong(node, path, "expected " + value.type().expected());
    };
  }

  /** Its defaults stand in, so that the rest can still be read. */
  private Optional<Object> noSection(Shape.Section section, YamlNode node, String path) {
    String keys = String.join(", ", section.names());
    complaints.add(
        node.at(), path, "expected keys with values: " + keys + "; got " + node.describe());
    return new RecordReader(new Complaints())
        .section(section, new Mapping(node.at(), Map.of()), path);
  }

  private Optional<Object> section(Shape.Section section, Mapping mapping, String path) {
    complainOfUnknownKeys(section, mapping, path);
    List<Object> values = new ArrayList<>();
    boolean whole = true;
    for (Shape.Key key : section.keys()) {
      Optional<Object> value = value(key, mapping, path);
      values.add(key.optional() ? value : value.orElse(null));
      whole &= value.isPresent() || key.required().isEmpty();
    }
    if (!whole) {
      return Optional.empty();
    }
    Record made = make(section, values);
    if (made instanceof Checked checked) {
      checked.faults().forEach(fault -> complain(fault, mapping, path));
    }
    return Optional.of(made);
  }

  private Optional<Object> value(Shape.Key key, Mapping mapping, String path) {
    YamlNode.Entry entry = mapping.entries().get(key.name());
    String keyPath = join(path, key.name());
    if (entry == null || YamlTree.isNull(entry.value())) {
      Origin at = entry == null ? mapping.at() : entry.keyAt();
      if (key.shape() instanceof Shape.Section section && !key.optional()) {
        return section(section, new Mapping(at, Map.of()), keyPath);
      }
      key.required()
          .ifPresent(
              required -> complaints.add(at, keyPath, "is missing; write " + required.example()));
      return Optional.empty();
    }
    return node(key.shape(), entry.value(), keyPath);
  }

  private void complainOfUnknownKeys(Shape.Section section, Mapping mapping, String path) {
    List<String> names = section.names();
    mapping
        .entries()
        .forEach((name, entry) -> {
          if (!names.contains(name)) {
            complaints.add(
                entry.keyAt(), join(path, name), "unknown key" + DidYouMean.hint(name, names));
          }
        });
  }

  private Map<String, Object> entries(Shape shape, Mapping mapping, String path) {
    Map<String, Object> values = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach((name, entry) ->
            node(shape, entry.value(), join(path, name))
                .ifPresent(value -> values.put(name, value)));
    return values;
  }

  private List<Object> items(Shape shape, Items items, String path) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < items.values().size(); i++) {
      node(shape, items.values().get(i), path + "[" + i + "]").ifPresent(values::add);
    }
    return values;
  }

  private Optional<Object> choice(Shape.Choice choice, Scalar scalar, String path) {
    for (Enum<?> constant : choice.constants()) {
      if (Shape.label(constant).equals(scalar.text())) {
        return Optional.of(constant);
      }
    }
    String allowed = String.join(", ", choice.labels());
    complaints.add(
        scalar.at(),
        path,
        "expected one of "
            + allowed
            + ", got "
            + scalar.describe()
            + DidYouMean.hint(scalar.text(), choice.labels()));
    return Optional.empty();
  }

  private Optional<Object> value(Shape.Value shape, Scalar scalar, String path) {
    try {
      Object value = shape.type().read(scalar);
      shape.range().ifPresent(range -> checkRange(range, (Number) value, scalar));
      return Optional.of(value);
    } catch (IllegalArgumentException e) {
      complaints.add(scalar.at(), path, e.getMessage());
      return Optional.empty();
    }
  }

  private static void checkRange(Range range, Number value, Scalar scalar) {
    if (value.doubleValue() < range.min() || value.doubleValue() > range.max()) {
      throw new IllegalArgumentException(
          "expected " + Bounds.describe(range) + ", got " + scalar.describe());
    }
  }

  private void complain(Checked.Fault fault, Mapping mapping, String path) {
    YamlNode at = mapping;
    for (String name : fault.key().split("\\.", -1)) {
      if (at instanceof Mapping inner && inner.entries().get(name) != null) {
        at = inner.entries().get(name).value();
      }
    }
    complaints.add(at.at(), join(path, fault.key()), fault.message());
  }

  private Optional<Object> wrong(YamlNode node, String path, String expected) {
    complaints.add(node.at(), path, expected + "; got " + node.describe());
    return Optional.empty();
  }

  private static Record make(Shape.Section section, List<Object> values) {
    try {
      return section.make(values.toArray());
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(section.type() + " refused its own defaults", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}

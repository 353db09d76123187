package dev.mlops.config;

import dev.mlops.config.YamlNode.Kind;
import dev.mlops.config.YamlNode.Scalar;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/**
 * A type of single values.
 *
 * @param expected for messages, with its article: "a port"
 * @param kind what it looks like in YAML; {@link Kind#TEXT} takes every scalar as it is written
 * @param parse throws {@link IllegalArgumentException} with what is wrong, or with no more to say
 *     than {@code expected}
 * @param format the form that is written in YAML: a String, Number or Boolean
 * @param schema its JSON Schema
 */
record ValueType<T>(
    String expected,
    Kind kind,
    Function<String, T> parse,
    Function<T, Object> format,
    Map<String, Object> schema) {

  private static final Map<Class<?>, ValueType<?>> ALL =
      Map.ofEntries(
          Map.entry(String.class, text("text", text -> text, "")),
          Map.entry(
              Path.class,
              new ValueType<>(
                  "a path",
                  Kind.TEXT,
                  ValueType::path,
                  path -> path.toString().replace('\\', '/'),
                  schema("string", ""))),
          Map.entry(
              Name.class,
              new ValueType<>(
                  "a name",
                  Kind.TEXT,
                  Name::new,
                  Name::text,
                  Map.of(
                      "type",
                      "string",
                      "pattern",
                      "^" + Name.PATTERN + "$",
                      "maxLength",
                      Name.MAX_LENGTH))),
          Map.entry(
              Percent.class, text("a percentage such as 60%", Percent::parse, Percent.PATTERN)),
          Map.entry(
              GcpEndpoints.class,
              text("addresses such as container=https://HOST", GcpEndpoints::parse, "")),
          Map.entry(UrlPath.class, text("a path such as /predict", UrlPath::new, UrlPath.PATTERN)),
          Map.entry(
              Duration.class,
              new ValueType<>(
                  "a duration such as 30s",
                  Kind.TEXT,
                  Durations::parse,
                  Durations::format,
                  schema("string", Durations.PATTERN))),
          Map.entry(
              Port.class,
              new ValueType<>(
                  "a port",
                  Kind.NUMBER,
                  text -> new Port(Integer.parseInt(text)),
                  Port::number,
                  Map.of("type", "integer", "minimum", 1, "maximum", 65_535))),
          Map.entry(
              Integer.class, plain("a whole number", Kind.NUMBER, Integer::valueOf, "integer")),
          Map.entry(Long.class, plain("a whole number", Kind.NUMBER, Long::valueOf, "integer")),
          Map.entry(Double.class, plain("a number", Kind.NUMBER, ValueType::finite, "number")),
          Map.entry(
              Boolean.class, plain("true or false", Kind.BOOLEAN, Boolean::valueOf, "boolean")));

  static boolean exists(Class<?> type) {
    return ALL.containsKey(type);
  }

  static ValueType<?> of(Class<?> type) {
    ValueType<?> known = ALL.get(type);
    if (known == null) {
      throw new IllegalArgumentException("no value type for " + type);
    }
    return known;
  }

  /**
   * @throws IllegalArgumentException with a message for the user
   */
  T read(Scalar scalar) {
    if (kind != Kind.TEXT && scalar.kind() != kind) {
      throw new IllegalArgumentException(mismatch(scalar));
    }
    try {
      return parse.apply(scalar.text());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(mismatch(scalar), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(mismatch(scalar) + ": " + e.getMessage(), e);
    }
  }

  @SuppressWarnings("unchecked") // The registry pairs each class with its own type.
  Object write(Object value) {
    return format.apply((T) value);
  }

  private String mismatch(Scalar scalar) {
    String quotes =
        scalar.kind() == Kind.TEXT && kind != Kind.TEXT && looksRight(scalar.text())
            ? "; leave out the quotes"
            : "";
    return "expected " + expected + ", got " + scalar.describe() + quotes;
  }

  private boolean looksRight(String text) {
    try {
      return kind != Kind.BOOLEAN ? parse.apply(text) != null : text.matches("true|false");
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static <T> ValueType<T> text(String expected, Function<String, T> parse, String pattern) {
    return new ValueType<>(expected, Kind.TEXT, parse, String::valueOf, schema("string", pattern));
  }

  private static <T> ValueType<T> plain(
      String expected, Kind kind, Function<String, T> parse, String schemaType) {
    return new ValueType<>(expected, kind, parse, value -> value, schema(schemaType, ""));
  }

  private static Map<String, Object> schema(String type, String pattern) {
    return pattern.isEmpty()
        ? Map.of("type", type)
        : Map.of("type", type, "pattern", "^" + pattern + "$");
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(e.getReason(), e);
    }
  }

  private static Double finite(String text) {
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value)) {
      throw new IllegalArgumentException("it is too large");
    }
    return value;
  }
}

package dev.mlops.service.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A value in a JSON document together with the place where it stands, so that every complaint can
 * name it.
 *
 * @param value a map, list, string, number, boolean or null
 * @param place such as {@code schema.json: features[2].min}
 */
public record Json(Object value, String place) {
  private static final JSON READER =
      JSON.builder().enable(JSON.Feature.FAIL_ON_DUPLICATE_MAP_KEYS).build();
  private static final JSON PRETTY = JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT);

  /**
   * @throws JsonException if the file is not JSON
   */
  public static Json read(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    return parse(Files.readAllBytes(file), name);
  }

  /** A document in UTF-8; {@code name} is what messages call it. */
  public static Json parse(byte[] document, String name) {
    try {
      return new Json(READER.anyFrom(document), name + ": ");
    } catch (IOException e) {
      throw new JsonException(name + " is not JSON: " + e.getMessage(), e);
    }
  }

  /** One line, keys in the order of the maps; {@code value} holds maps, lists and scalars only. */
  public static String line(Object value) {
    try {
      return JSON.std.asString(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Indented, for people, with a newline at its end. */
  public static byte[] pretty(Object value) {
    try {
      return (PRETTY.asString(value) + "\n").getBytes(UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An object, its keys in this order; values may be null. */
  public static Map<String, Object> object(Object... keysAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      object.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return object;
  }

  public Json get(String key) {
    return find(key).orElseThrow(() -> wrong("has no `" + key + "`"));
  }

  /** What stands under the key, unless it is absent or null. */
  public Optional<Json> find(String key) {
    Object found = map().get(key);
    return Optional.ofNullable(found).map(v -> new Json(v, child(key)));
  }

  public List<Json> list() {
    if (!(value instanceof List<?> items)) {
      throw wrong("should be a list");
    }
    List<Json> result = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      result.add(new Json(items.get(i), place + "[" + i + "]"));
    }
    return result;
  }

  /** The members of an object, in the order of the document. */
  public Map<String, Json> members() {
    Map<String, Json> result = new LinkedHashMap<>();
    map().forEach((key, v) -> result.put(String.valueOf(key), new Json(v, child(key))));
    return result;
  }

  /** The names of an object's members, in the order of the document. */
  public Set<String> keys() {
    Set<String> result = new LinkedHashSet<>();
    map().keySet().forEach(key -> result.add(String.valueOf(key)));
    return result;
  }

  public String text() {
    if (value instanceof String text) {
      return text;
    }
    throw wrong("should be a text");
  }

  /** A finite number. */
  public double number() {
    if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      return number.doubleValue();
    }
    throw wrong("should be a number");
  }

  public long whole() {
    if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    throw wrong("should be a whole number");
  }

  public int count() {
    long number = whole();
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw wrong("should be a count");
    }
    return (int) number;
  }

  public boolean flag() {
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw wrong("should be true or false");
  }

  public List<String> texts() {
    return list().stream().map(Json::text).toList();
  }

  public List<Double> numbers() {
    return list().stream().map(Json::number).toList();
  }

  public JsonException wrong(String what) {
    return new JsonException(place + " " + what);
  }

  private Map<?, ?> map() {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw wrong("should be an object");
  }

  private String child(Object key) {
    return place.endsWith(": ") ? place + key : place + "." + key;
  }
}

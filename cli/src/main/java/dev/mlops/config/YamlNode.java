package dev.mlops.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A piece of YAML that knows where it stands. */
public sealed interface YamlNode {
  Origin at();

  /**
   * What an unquoted value looks like, by YAML 1.2's core schema: {@code yes} and {@code on} are
   * text.
   */
  enum Kind {
    TEXT,
    NUMBER,
    BOOLEAN,
    NULL
  }

  /**
   * @param text as written, without quotes
   */
  record Scalar(Origin at, String text, Kind kind) implements YamlNode {}

  record Items(Origin at, List<YamlNode> values) implements YamlNode {
    public Items {
      values = List.copyOf(values);
    }
  }

  /** In the order of the file. */
  record Mapping(Origin at, Map<String, Entry> entries) implements YamlNode {
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /** This, with what {@code over} says put over it: mappings are merged, all else is replaced. */
    public Mapping overlaidBy(Mapping over) {
      Map<String, Entry> merged = new LinkedHashMap<>(entries);
      over.entries.forEach(
          (key, entry) -> merged.merge(key, entry, (below, above) -> below.overlaidBy(above)));
      return new Mapping(at, merged);
    }
  }

  /**
   * @param keyAt where the key itself stands
   */
  record Entry(Origin keyAt, YamlNode value) {
    private Entry overlaidBy(Entry over) {
      return value instanceof Mapping below && over.value instanceof Mapping above
          ? new Entry(over.keyAt, below.overlaidBy(above))
          : over;
    }
  }

  /** For messages: "the number 5", "a list". */
  default String describe() {
    return switch (this) {
      case Scalar(Origin _, String text, Kind kind) ->
          switch (kind) {
            case TEXT -> "'" + abbreviate(text) + "'";
            case NUMBER -> "the number " + abbreviate(text);
            case BOOLEAN -> text;
            case NULL -> "nothing";
          };
      case Items _ -> "a list";
      case Mapping _ -> "a group of keys";
    };
  }

  private static String abbreviate(String text) {
    return text.length() <= 60 ? text : text.substring(0, 57) + "...";
  }
}

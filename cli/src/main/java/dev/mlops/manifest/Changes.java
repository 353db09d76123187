package dev.mlops.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What differs between two sets of manifests, one line for each value. */
public final class Changes {
  private static final int LONGEST_VALUE = 60;

  private final List<String> lines = new ArrayList<>();

  private Changes() {}

  /** Such as {@code Deployment iris: spec.replicas 2 → 3}; empty if they are equal. */
  public static List<String> between(List<ObjectNode> before, List<ObjectNode> after) {
    var changes = new Changes();
    Map<String, ObjectNode> old = byTitle(before);
    Map<String, ObjectNode> now = byTitle(after);
    now.forEach((title, object) -> {
      if (old.containsKey(title)) {
        changes.compare(title + ":", "", old.get(title), object);
      } else {
        changes.lines.add(title + ": new");
      }
    });
    old.keySet().stream()
        .filter(title -> !now.containsKey(title))
        .forEach(title -> changes.lines.add(title + ": no longer there"));
    return changes.lines;
  }

  /** Kind, name, and namespace where it has one. */
  static String title(JsonNode object) {
    String namespace = object.at("/metadata/namespace").asText("");
    return object.path("kind").asText()
        + " "
        + (namespace.isEmpty() ? "" : namespace + "/")
        + object.at("/metadata/name").asText();
  }

  private static Map<String, ObjectNode> byTitle(List<ObjectNode> manifests) {
    Map<String, ObjectNode> byTitle = new LinkedHashMap<>();
    manifests.forEach(object -> byTitle.put(title(object), object));
    return byTitle;
  }

  private void compare(String title, String path, JsonNode before, JsonNode after) {
    if (before.isObject() && after.isObject()) {
      var keys = new TreeSet<String>();
      before.fieldNames().forEachRemaining(keys::add);
      after.fieldNames().forEachRemaining(keys::add);
      String prefix = path.isEmpty() ? "" : path + ".";
      keys.forEach(key -> compare(title, prefix + key, before.path(key), after.path(key)));
    } else if (before.isArray() && after.isArray() && before.size() == after.size()) {
      for (int i = 0; i < before.size(); i++) {
        compare(title, path + "[" + i + "]", before.get(i), after.get(i));
      }
    } else if (!before.equals(after)) {
      lines.add(title + " " + path + " " + brief(before) + " → " + brief(after));
    }
  }

  private static String brief(JsonNode value) {
    if (value.isMissingNode()) {
      return "(none)";
    }
    String text = value.isValueNode() ? value.asText() : value.toString();
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
  }
}

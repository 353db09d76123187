package dev.mlops.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What differs between two sets of manifests, one line for each value. */
public final class Changes {
  private static final int LONGEST_VALUE = 60;

  /** Of a Secret no value is told. */
  private static final Pattern SECRET = Pattern.compile("Secret .*: (data|stringData)(\\..*)?");

  private final List<String> lines = new ArrayList<>();

  private Changes() {}

  /** Such as {@code Deployment iris: spec.replicas 2 → 3}; empty if they are equal. */
  public static List<String> between(List<ObjectNode> before, List<ObjectNode> after) {
    var changes = new Changes();
    Map<String, ObjectNode> old = byIdentity(before);
    Map<String, ObjectNode> now = byIdentity(after);
    now.forEach((identity, object) -> {
      if (old.containsKey(identity)) {
        changes.compare(title(object) + ":", "", old.get(identity), object);
      } else {
        changes.lines.add(title(object) + ": new");
      }
    });
    old.keySet().stream()
        .filter(identity -> !now.containsKey(identity))
        .forEach(identity -> changes.lines.add(title(old.get(identity)) + ": no longer there"));
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

  /** What two objects can't share: those of two groups of the API may well have one title. */
  static String identity(JsonNode object) {
    String version = object.path("apiVersion").asText();
    return version.substring(0, Math.max(0, version.indexOf('/'))) + "/" + title(object);
  }

  private static Map<String, ObjectNode> byIdentity(List<ObjectNode> manifests) {
    Map<String, ObjectNode> all = new LinkedHashMap<>();
    manifests.forEach(object -> all.put(identity(object), object));
    return all;
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
      lines.add(title + " " + path + " " + change(title + " " + path, before, after));
    }
  }

  private static String change(String place, JsonNode before, JsonNode after) {
    return SECRET.matcher(place).matches()
        ? hidden(before) + " → " + hidden(after)
        : brief(before) + " → " + brief(after);
  }

  private static String hidden(JsonNode value) {
    return value.isMissingNode() ? "(none)" : "(hidden)";
  }

  private static String brief(JsonNode value) {
    if (value.isMissingNode()) {
      return "(none)";
    }
    String text = value.isValueNode() ? value.asText() : value.toString();
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
  }
}

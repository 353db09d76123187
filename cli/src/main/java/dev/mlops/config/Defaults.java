package dev.mlops.config;

import java.util.HashMap;
import java.util.Map;

/** The default of each key, asked of the records themselves. */
final class Defaults {
  private Defaults() {}

  /** By path; a key whose default depends on another one, such as the name, is not among them. */
  static Map<String, Object> ofAllKeys() {
    Map<String, Object> one = flat("one");
    Map<String, Object> other = flat("other");
    one.entrySet().removeIf(entry -> !entry.getValue().equals(other.get(entry.getKey())));
    one.remove("apiVersion");
    return one;
  }

  private static Map<String, Object> flat(String name) {
    String yaml = "{apiVersion: mlops/v1, name: " + name + "}";
    var ignored = new Complaints(); // Keys that a kind of model needs have no default.
    MlopsConfig config =
        YamlTree.readMapping(yaml, "defaults", ignored)
            .flatMap(tree -> new RecordReader(ignored).read(MlopsConfig.class, tree))
            .orElseThrow();
    Map<String, Object> flat = new HashMap<>();
    Map<String, Object> plain = PlainConfig.of(config);
    KeyPaths.of(MlopsConfig.class).forEach(path -> putIfThere(plain, path, flat));
    return flat;
  }

  private static void putIfThere(Map<?, ?> plain, String path, Map<String, Object> flat) {
    Object value = plain;
    for (String name : path.split("\\.", -1)) {
      value = value instanceof Map<?, ?> map ? map.get(name) : null;
    }
    if (value != null) {
      flat.put(path, value);
    }
  }
}

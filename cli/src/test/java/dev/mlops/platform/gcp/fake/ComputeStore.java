package dev.mlops.platform.gcp.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.rpc.Code;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What there is of Compute Engine, by path such as {@code projects/P/regions/R/addresses/A}. */
final class ComputeStore {
  private final Map<String, ObjectNode> byPath = new LinkedHashMap<>();

  static String link(String path) {
    return "https://www.googleapis.com/compute/v1/" + path;
  }

  void put(String path, ObjectNode node) {
    node.put("name", Resource.last(path)).put("selfLink", link(path));
    byPath.put(path, node);
  }

  Optional<ObjectNode> find(String path) {
    return Optional.ofNullable(byPath.get(path));
  }

  ObjectNode need(String path) {
    return find(path)
        .orElseThrow(
            () -> ApiFault.of(Code.NOT_FOUND, "The resource '" + path + "' was not found"));
  }

  List<String> paths() {
    return List.copyOf(byPath.keySet());
  }

  void remove(String path) {
    byPath.remove(path);
  }

  void removeAll(String prefix, String namePrefix) {
    byPath
        .keySet()
        .removeIf(path -> path.startsWith(prefix) && Resource.last(path).startsWith(namePrefix));
  }

  /** What another resource names by its link can't be deleted. */
  void needUnused(String path) {
    String link = link(path) + "\"";
    for (Map.Entry<String, ObjectNode> other : byPath.entrySet()) {
      boolean isOther = !other.getKey().equals(path) && !other.getKey().contains("/operations/");
      if (isOther && other.getValue().toString().contains(link)) {
        throw ApiFault.of(
                Code.FAILED_PRECONDITION,
                "The resource '" + path + "' is already being used by '" + other.getKey() + "'")
            .because("RESOURCE_IN_USE_BY_ANOTHER_RESOURCE", "compute.googleapis.com", Map.of());
      }
    }
  }
}

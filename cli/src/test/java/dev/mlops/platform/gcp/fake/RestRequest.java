package dev.mlops.platform.gcp.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * @param path the named parts of the path
 * @param body an empty object where there is none
 */
record RestRequest(Map<String, String> path, Map<String, List<String>> queries, JsonNode body) {
  String part(String name) {
    return path.get(name);
  }

  String query(String name) {
    return queries.getOrDefault(name, List.of("")).getFirst();
  }
}

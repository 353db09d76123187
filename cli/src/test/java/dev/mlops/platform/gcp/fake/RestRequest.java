package dev.mlops.platform.gcp.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * @param path the named parts of the path
 * @param body an empty object where there is none
 */
record RestRequest(Map<String, String> path, Map<String, String> query, JsonNode body) {
  String part(String name) {
    return path.get(name);
  }

  String query(String name) {
    return query.getOrDefault(name, "");
  }
}

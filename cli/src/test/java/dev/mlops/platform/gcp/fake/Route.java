package dev.mlops.platform.gcp.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One method of a REST API.
 *
 * @param path with named groups for its parts
 * @param name of the same method over gRPC; empty if there is none
 */
record Route(
    String verb, Pattern path, boolean mutates, String name, Function<RestRequest, JsonNode> work) {
  static Route get(String path, Function<RestRequest, JsonNode> work) {
    return new Route("GET", Pattern.compile(path), false, "", work);
  }

  /** Of a POST that changes nothing, such as a test of rights. */
  static Route ask(String path, Function<RestRequest, JsonNode> work) {
    return new Route("POST", Pattern.compile(path), false, "", work);
  }

  static Route change(String verb, String path, Function<RestRequest, JsonNode> work) {
    return new Route(verb, Pattern.compile(path), true, "", work);
  }

  boolean serves(String method, String requested) {
    return verb.equals(method) && path.matcher(requested).matches();
  }
}

package dev.mlops.service.api;

import static dev.mlops.service.json.Json.object;

import java.util.Map;

/** Operations of an OpenAPI document. */
final class Operation {
  private static final String JSON = "application/json";

  private Operation() {}

  /** A reference to one of the document's own schemas. */
  static Map<String, Object> schema(String name) {
    return object("$ref", "#/components/schemas/" + name);
  }

  static Map<String, Object> json(Map<String, Object> schema) {
    return object(JSON, object("schema", schema));
  }

  static Map<String, Object> json(Map<String, Object> schema, Object example) {
    return object(JSON, object("schema", schema, "example", example));
  }

  /** A path that is read, with JSON of a schema as its answer. */
  static Map<String, Object> get(String id, String summary, Map<String, Object> schema) {
    return get(id, summary, json(schema), answer("Not ready, or stopping", json(schema)));
  }

  /**
   * A path that is read.
   *
   * @param content of the answer, by media type
   * @param otherwise any other answer
   */
  static Map<String, Object> get(
      String id, String summary, Map<String, Object> content, Map<String, Object> otherwise) {
    return object("get", operation(id, summary, content, otherwise));
  }

  /**
   * A path that predicts.
   *
   * @param asked of the request, by media type
   * @param answered of the answer, by media type
   * @param fault schema of every other answer
   */
  static Map<String, Object> post(
      String id,
      String summary,
      Map<String, Object> asked,
      Map<String, Object> answered,
      Map<String, Object> fault) {
    Map<String, Object> operation =
        operation(id, summary, answered, answer("Not answered", json(fault)));
    operation.put("requestBody", object("required", true, "content", asked));
    return object("post", operation);
  }

  static Map<String, Object> answer(String description, Map<String, Object> content) {
    return object("description", description, "content", content);
  }

  private static Map<String, Object> operation(
      String id, String summary, Map<String, Object> content, Map<String, Object> otherwise) {
    return object(
        "operationId",
        id,
        "summary",
        summary,
        "responses",
        object("200", answer("OK", content), "default", otherwise));
  }
}

package dev.mlops.service.api;

import static dev.mlops.service.api.Operation.answer;
import static dev.mlops.service.api.Operation.get;
import static dev.mlops.service.api.Operation.post;
import static dev.mlops.service.api.Operation.schema;
import static dev.mlops.service.json.Json.object;

import dev.mlops.service.artifact.Schema;
import dev.mlops.service.predict.Identity;
import dev.mlops.service.predict.ServedModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The service's contract for one model, as <a href="https://spec.openapis.org/oas/v3.1.0">OpenAPI
 * 3.1</a>.
 */
final class OpenApi {
  private static final Map<String, Object> TEXT = object("type", "string");
  private static final Map<String, Object> OBJECT = object("type", "object");
  private static final Map<String, Object> LINES =
      object("schema", object("type", "string", "description", "A line for each row"));

  private final Identity identity;
  private final Schema schema;
  private final Map<String, Object> sample;
  private final Paths paths;

  OpenApi(ServedModel model, Paths paths) {
    this.identity = model.identity();
    this.schema = model.schema();
    this.sample = model.sample();
    this.paths = paths;
  }

  Map<String, Object> document() {
    return object(
        "openapi", "3.1.0",
        "info", info(),
        // Relative to this document, so that it holds behind a proxy's prefix, too.
        "servers", List.of(object("url", ".")),
        "paths", all(),
        "components", object("schemas", schemas()));
  }

  private Map<String, Object> info() {
    return object(
        "title",
        identity.name(),
        "version",
        identity.version(),
        "description",
        "Predicts '%s' from %d fields. The version is the model's digest."
            .formatted(schema.target().name(), schema.features().size()));
  }

  private Map<String, Object> all() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put(Paths.PREDICT, predict());
    all.put(Paths.INVOCATIONS, invocations());
    all.put(Paths.v1(identity) + ":predict", instances("kservePredict"));
    paths.vertex().predict().ifPresent(path -> all.put(path, instances("vertexPredict")));
    all.put(Paths.v2(identity) + "/infer", infer("infer"));
    all.put(Paths.version(identity) + "/infer", infer("inferVersion"));
    all.put(Paths.v2(identity), get("model", "Tensors of the model", OBJECT));
    all.put(paths.liveness(), get("live", "Whether the process lives", OBJECT));
    all.put(paths.readiness(), get("ready", "Whether the model is ready", OBJECT));
    all.put(Paths.DRIFT, get("drift", "How far requests are from the training rows", OBJECT));
    all.put(Paths.METRICS, metrics());
    return all;
  }

  private Map<String, Object> predict() {
    return post(
        "predict",
        "Predicts one row or several",
        json(oneOrMore("Row"), sample),
        Operation.json(oneOrMore("Prediction")),
        schema("Fault"));
  }

  private Map<String, Object> invocations() {
    Map<String, Object> asked = json(oneOrMore("Row"), sample);
    asked.put("text/csv", LINES);
    asked.put(Dialects.JSON_LINES, LINES);
    Map<String, Object> answered = Operation.json(oneOrMore("Prediction"));
    answered.put("text/csv", LINES);
    answered.put(Dialects.JSON_LINES, LINES);
    return post("invoke", "SageMaker's way to predict", asked, answered, schema("Fault"));
  }

  private Map<String, Object> instances(String id) {
    Map<String, Object> instance = object("anyOf", List.of(schema("Row"), schema("Values")));
    return post(
        id,
        "KServe V1's and Vertex AI's way to predict",
        json(required("instances", listOf(instance)), object("instances", List.of(sample))),
        Operation.json(required("predictions", listOf(schema("Prediction")))),
        schema("ErrorText"));
  }

  private Map<String, Object> infer(String id) {
    return post(
        id,
        "The Open Inference Protocol's way to predict",
        json(schema("InferenceRequest"), TensorSchemas.example(schema, sample)),
        Operation.json(schema("InferenceResponse")),
        schema("ErrorText"));
  }

  private static Map<String, Object> metrics() {
    Map<String, Object> content = object("text/plain", object("schema", TEXT));
    return get("metrics", "Metrics for Prometheus", content, answer("Not answered", content));
  }

  private Map<String, Object> schemas() {
    Map<String, Object> fault =
        object("code", TEXT, "message", TEXT, "field", object("type", "string"));
    return object(
        "Row", FieldSchemas.row(schema, sample),
        "Values", FieldSchemas.values(schema),
        "Prediction", FieldSchemas.prediction(schema.target()),
        "InferenceRequest", TensorSchemas.request(schema),
        "InferenceResponse", TensorSchemas.response(schema),
        "Fault", required("error", object("type", "object", "properties", fault)),
        "ErrorText", required("error", TEXT));
  }

  /** With an example of it, if the model left a row to make one of. */
  private Map<String, Object> json(Map<String, Object> schema, Object example) {
    return sample.isEmpty() ? Operation.json(schema) : Operation.json(schema, example);
  }

  private static Map<String, Object> oneOrMore(String name) {
    return object("anyOf", List.of(schema(name), listOf(schema(name))));
  }

  private static Map<String, Object> listOf(Map<String, Object> items) {
    return object("type", "array", "items", items);
  }

  private static Map<String, Object> required(String name, Map<String, Object> value) {
    return object("type", "object", "properties", object(name, value), "required", List.of(name));
  }
}

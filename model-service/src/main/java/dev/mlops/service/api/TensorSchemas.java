package dev.mlops.service.api;

import static dev.mlops.service.json.Json.object;

import dev.mlops.service.artifact.Feature;
import dev.mlops.service.artifact.Schema;
import dev.mlops.service.predict.Datatype;
import dev.mlops.service.predict.Output;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The Open Inference Protocol's bodies, for one model. */
final class TensorSchemas {
  private static final Map<String, Object> TEXT = object("type", "string");
  private static final Map<String, Object> LIST = object("type", "array");
  private static final Map<String, Object> PARAMETERS = object("type", "object");

  private TensorSchemas() {}

  static Map<String, Object> request(Schema schema) {
    Map<String, Object> input = tensor(object("type", "string"));
    Map<String, Object> output =
        object(
            "type",
            "object",
            "properties",
            object("name", outputNames(schema), "parameters", PARAMETERS),
            "required",
            List.of("name"));
    Map<String, Object> fields =
        object(
            "id",
            TEXT,
            "parameters",
            PARAMETERS,
            "inputs",
            listOf(input),
            "outputs",
            listOf(output));
    return object("type", "object", "properties", fields, "required", List.of("inputs"));
  }

  static Map<String, Object> response(Schema schema) {
    Map<String, Object> fields =
        object(
            "model_name",
            TEXT,
            "model_version",
            TEXT,
            "id",
            TEXT,
            "outputs",
            listOf(tensor(outputNames(schema))));
    return object(
        "type", "object", "properties", fields, "required", List.of("model_name", "outputs"));
  }

  /** An inference request for one row. */
  static Map<String, Object> example(Schema schema, Map<String, Object> sample) {
    List<Map<String, Object>> inputs =
        schema.features().stream()
            .filter(feature -> sample.containsKey(feature.name()))
            .map(feature -> input(feature, sample))
            .toList();
    return object("inputs", inputs);
  }

  private static Map<String, Object> input(Feature feature, Map<String, Object> sample) {
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("name", feature.name());
    input.put("shape", List.of(1));
    input.put("datatype", Datatype.of(feature).name());
    input.put("data", List.of(sample.get(feature.name())));
    return input;
  }

  private static Map<String, Object> tensor(Map<String, Object> name) {
    List<String> datatypes = Arrays.stream(Datatype.values()).map(Datatype::name).toList();
    Map<String, Object> fields =
        object(
            "name",
            name,
            "shape",
            listOf(object("type", "integer")),
            "datatype",
            object("type", "string", "enum", datatypes),
            "parameters",
            PARAMETERS,
            "data",
            LIST);
    return object(
        "type", "object", "properties", fields, "required", List.of("name", "shape", "datatype"));
  }

  private static Map<String, Object> outputNames(Schema schema) {
    List<String> names = Output.of(schema.target()).stream().map(Output::name).toList();
    return object("type", "string", "enum", names);
  }

  private static Map<String, Object> listOf(Map<String, Object> items) {
    return object("type", "array", "items", items);
  }
}

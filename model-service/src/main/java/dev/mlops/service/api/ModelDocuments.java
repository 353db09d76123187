package dev.mlops.service.api;

import static dev.mlops.service.json.Json.object;

import dev.mlops.service.predict.Datatype;
import dev.mlops.service.predict.Identity;
import dev.mlops.service.predict.Output;
import dev.mlops.service.predict.ServedModel;
import java.util.List;
import java.util.Map;

/** What the protocols with several models say of this one. */
final class ModelDocuments {
  private static final int ANY = -1;

  private ModelDocuments() {}

  /** The Open Inference Protocol's server metadata. */
  static Map<String, Object> server() {
    String version = ModelDocuments.class.getPackage().getImplementationVersion();
    return object(
        "name", "mlops", "version", version == null ? "" : version, "extensions", List.of());
  }

  /** KServe V1's list of models. */
  static Map<String, Object> names(ServedModel model) {
    return object("models", List.of(model.identity().name()));
  }

  /** The Open Inference Protocol's model metadata. */
  static Map<String, Object> model(ServedModel model) {
    Identity identity = model.identity();
    List<Map<String, Object>> inputs =
        model.schema().features().stream()
            .map(feature -> tensor(feature.name(), Datatype.of(feature), List.of(ANY)))
            .toList();
    List<Map<String, Object>> outputs =
        Output.of(model.schema().target()).stream().map(ModelDocuments::output).toList();
    return object(
        "name", identity.name(),
        "versions", List.of(identity.version()),
        "platform", model.platform(),
        "inputs", inputs,
        "outputs", outputs);
  }

  private static Map<String, Object> output(Output output) {
    return switch (output) {
      case Output.Probabilities probabilities -> {
        List<Integer> shape = List.of(ANY, probabilities.classes().size());
        Map<String, Object> tensor = tensor(output.name(), output.type(), shape);
        tensor.put("parameters", object("labels", probabilities.classes()));
        yield tensor;
      }
      case Output.ClassName _, Output.Quantity _ ->
          tensor(output.name(), output.type(), List.of(ANY));
    };
  }

  private static Map<String, Object> tensor(String name, Datatype type, List<Integer> shape) {
    return object("name", name, "datatype", type.name(), "shape", shape);
  }
}

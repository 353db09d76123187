package dev.mlops.scaffold;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.scaffold.ModelFacts.Input;
import dev.mlops.scaffold.ProjectDraft.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The settings that a trained model calls for, and a request that it takes. */
final class ModelSettings {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final List<String> OF_TRAINING = List.of("task", "exclude", "algorithm", "test");
  private static final List<String> OF_DATA = List.of("data", "target", "gate");

  private final ModelFacts seen;

  ModelSettings(ModelFacts seen) {
    this.seen = seen;
  }

  /**
   * @param file the model's path in the project
   * @return what was set, and why
   */
  List<Fact> applyTo(ConfigText config, String file) {
    OF_TRAINING.forEach(key -> config.leaveOut("model." + key));
    config.set("model.kind", "onnx").set("model.onnx.file", YamlScalar.of(file));
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("model", file, "--onnx"));
    facts.add(
        new Fact(
            "inputs",
            seen.inputs().stream().map(ModelSettings::title).collect(Collectors.joining(", ")),
            "the model's own"));
    if (!seen.classes().isEmpty()) {
      facts.add(new Fact("classes", String.join(", ", seen.classes()), "the model's own"));
    }
    return facts;
  }

  /** What there is nothing to say of where there are no rows. */
  void leaveOutData(ConfigText config) {
    OF_DATA.forEach(key -> config.leaveOut("model." + key));
  }

  /** A request of zeros and first words, by the names that the service gives the values. */
  String sample() {
    ObjectNode request = JSON.createObjectNode();
    for (Input input : seen.inputs()) {
      if (input.columns() == 1) {
        put(request, input.name(), input);
      } else {
        String stem = seen.inputs().size() == 1 ? "x" : input.name() + "_";
        for (int i = 0; i < input.columns(); i++) {
          put(request, stem + i, input);
        }
      }
    }
    try {
      return JSON.writeValueAsString(request).replace("\r\n", "\n") + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void put(ObjectNode request, String name, Input input) {
    switch (input.type()) {
      case "bool" -> request.put(name, false);
      case "string" -> request.put(name, input.categories().stream().findFirst().orElse(""));
      case "int32", "int64" -> request.put(name, 0);
      default -> request.put(name, 0.0);
    }
  }

  private static String title(Input input) {
    String count =
        switch (input.columns()) {
          case 0 -> "any number × ";
          case 1 -> "";
          default -> input.columns() + " × ";
        };
    return input.name() + " (" + count + input.type() + ")";
  }
}

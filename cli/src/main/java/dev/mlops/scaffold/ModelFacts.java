package dev.mlops.scaffold;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What the model service saw in an ONNX model. */
public record ModelFacts(List<Input> inputs, List<String> classes) {
  /**
   * @param type of its elements: {@code float}, {@code double}, {@code int32}, {@code int64},
   *     {@code bool} or {@code string}
   * @param columns how many values of a row it takes; 0 if the model does not tell
   * @param categories words that a text takes; empty if not known
   */
  public record Input(String name, String type, int columns, List<String> categories) {
    public Input {
      categories = List.copyOf(categories);
    }
  }

  public ModelFacts {
    inputs = List.copyOf(inputs);
    classes = List.copyOf(classes);
  }

  /**
   * @param result the event of the service's `describe`
   */
  public static ModelFacts read(JsonNode result) {
    List<Input> inputs = new ArrayList<>();
    for (JsonNode input : result.path("inputs")) {
      inputs.add(
          new Input(
              input.path("name").asText(),
              input.path("type").asText(),
              input.path("columns").asInt(),
              texts(input.path("categories"))));
    }
    return new ModelFacts(inputs, texts(result.path("classes")));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}

package dev.mlops.service.train;

import dev.mlops.service.artifact.BooleanFeature;
import dev.mlops.service.artifact.CategoryFeature;
import dev.mlops.service.artifact.Feature;
import dev.mlops.service.artifact.NumberFeature;
import dev.mlops.service.artifact.Spread;
import dev.mlops.service.onnx.ElementType;
import dev.mlops.service.onnx.InputTensor;
import dev.mlops.service.onnx.OnnxModel;
import dev.mlops.service.problem.Code;
import java.util.ArrayList;
import java.util.List;

/** Features of which no more is known than what the model takes. */
final class BlankFeatures {
  private BlankFeatures() {}

  /** One value of a row, as the model takes it. */
  record Slot(String name, ElementType type, List<String> words) {}

  /**
   * @param names one for each value of a row
   */
  static List<Slot> slots(OnnxModel model, List<String> names, ImportRequest.Naming naming) {
    List<Slot> slots = new ArrayList<>();
    for (InputTensor input : model.inputs()) {
      for (String name : names.subList(input.first(), input.first() + input.columns())) {
        List<String> known = model.categories(input.name());
        slots.add(new Slot(name, input.type(), naming.categories().getOrDefault(name, known)));
      }
    }
    return slots;
  }

  /**
   * @throws dev.mlops.service.problem.ProblemException if the words of a text are not known
   */
  static Feature feature(Slot slot) {
    return switch (slot.type()) {
      case FLOAT, DOUBLE -> new NumberFeature(slot.name(), Spread.UNKNOWN, false, false);
      case INT32, INT64 -> new NumberFeature(slot.name(), Spread.UNKNOWN, true, false);
      case BOOL -> new BooleanFeature(slot.name(), false);
      case STRING -> {
        if (slot.words().isEmpty()) {
          throw Code.ONNX_INPUT.problem(
              "Which words `" + slot.name() + "` takes is not known",
              "It is a text, and a request with a word that the model has never seen is refused",
              "Name them under model.features: {"
                  + slot.name()
                  + ": {type: category, categories: [...]}}, or set model.data to rows that have"
                  + " them");
        }
        yield new CategoryFeature(slot.name(), slot.words(), false);
      }
    };
  }
}

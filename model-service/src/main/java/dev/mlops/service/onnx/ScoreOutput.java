package dev.mlops.service.onnx;

import ai.onnxruntime.MapInfo;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.SequenceInfo;
import ai.onnxruntime.TensorInfo;
import dev.mlops.service.problem.Code;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * The output that predictions are read from: a tensor of a number, or of a number for each class,
 * for each row.
 *
 * @param isDouble whether its elements are doubles rather than floats
 */
record ScoreOutput(String name, boolean isDouble) {
  /**
   * The only one, or the one that exporters name so.
   *
   * @throws dev.mlops.service.problem.ProblemException if there is none, or which is not clear
   */
  static ScoreOutput among(Collection<NodeInfo> outputs) {
    List<ScoreOutput> usable =
        outputs.stream()
            .filter(ScoreOutput::isOfNumbers)
            .map(output -> new ScoreOutput(output.getName(), isOfDoubles(output)))
            .toList();
    if (usable.size() == 1) {
      return usable.getFirst();
    }
    return usable.stream()
        .filter(output -> output.name().matches("(?i).*(prob|score).*"))
        .findFirst()
        .orElseThrow(() -> unclear(outputs, usable));
  }

  private static boolean isOfNumbers(NodeInfo output) {
    return output.getInfo() instanceof TensorInfo tensor
        && (tensor.type == OnnxJavaType.FLOAT || tensor.type == OnnxJavaType.DOUBLE);
  }

  private static boolean isOfDoubles(NodeInfo output) {
    return output.getInfo() instanceof TensorInfo tensor && tensor.type == OnnxJavaType.DOUBLE;
  }

  private static RuntimeException unclear(Collection<NodeInfo> outputs, List<ScoreOutput> usable) {
    String what =
        usable.isEmpty()
            ? "The model has no output of probabilities or numbers"
            : "Which of the model's " + usable.size() + " outputs is the prediction is not clear";
    return Code.ONNX_OUTPUT.problem(
        what,
        "A prediction is read from a tensor of float or double. The outputs are: "
            + String.join(", ", outputs.stream().map(ScoreOutput::title).toList()),
        "Export the model with one output of probabilities or numbers");
  }

  private static String title(NodeInfo output) {
    return switch (output.getInfo()) {
      case TensorInfo tensor ->
          "`%s` (%s, %s)"
              .formatted(
                  output.getName(),
                  tensor.type.name().toLowerCase(Locale.ROOT),
                  Arrays.toString(tensor.getShape()).replace("-1", "any"));
      case MapInfo _, SequenceInfo _ -> "`" + output.getName() + "` (maps)";
      default -> "`" + output.getName() + "`";
    };
  }
}

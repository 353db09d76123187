package dev.mlops.service.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.TensorInfo;
import dev.mlops.service.problem.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a model takes, in its own order: the values of a row are laid out along it. */
final class InputTensors {
  /** A row has a name for each of its values; more than this are no table. */
  private static final long WIDEST = 10_000;

  private static final String TAKEN =
      "Tensors of float, double, int32, int64, bool and string are served, with the batch as"
          + " their first dimension and all others fixed";

  private InputTensors() {}

  /**
   * @throws dev.mlops.service.problem.ProblemException if one of them can't be filled from a row
   */
  static List<InputTensor> of(Iterable<NodeInfo> infos) {
    List<InputTensor> inputs = new ArrayList<>();
    int first = 0;
    for (NodeInfo info : infos) {
      InputTensor input = input(info, first);
      inputs.add(input);
      first += input.columns();
    }
    if (first == 0) {
      throw Code.ONNX_INPUT.problem("The model takes no input", "There is nothing to ask it", "");
    }
    return inputs;
  }

  private static InputTensor input(NodeInfo info, int first) {
    if (!(info.getInfo() instanceof TensorInfo tensor)) {
      throw unfit(info, "is no tensor but " + info.getInfo());
    }
    ElementType type =
        ElementType.of(tensor.type)
            .orElseThrow(() -> unfit(info, "has elements of type " + tensor.type));
    long[] shape = tensor.getShape();
    if (shape.length == 0) {
      throw unfit(info, "is a single value for all rows");
    }
    List<Long> rest = Arrays.stream(shape).skip(1).boxed().toList();
    if (rest.stream().anyMatch(size -> size < 0)) {
      throw unfit(info, "has the shape " + Arrays.toString(shape) + ", where -1 is any size");
    }
    long columns = rest.stream().reduce(1L, Math::multiplyExact);
    if (columns == 0 || columns > WIDEST) {
      throw unfit(info, "has " + columns + " values for each row");
    }
    return new InputTensor(info.getName(), type, rest, (int) Math.max(0, shape[0]), first);
  }

  private static RuntimeException unfit(NodeInfo info, String what) {
    return Code.ONNX_INPUT.problem(
        "The model's input `" + info.getName() + "` " + what,
        TAKEN,
        "Export the model with such inputs; docs/guide/onnx.md shows how");
  }
}

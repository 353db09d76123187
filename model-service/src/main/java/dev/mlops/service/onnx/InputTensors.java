package dev.mlops.service.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.TensorInfo;
import dev.mlops.service.problem.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** What a model takes, in its own order: the values of a row are laid out along it. */
final class InputTensors {
  /** A row has a name for each of its values; more than this are no table. */
  private static final long WIDEST = 10_000;

  private static final Long ANY = -1L;

  private static final String TAKEN =
      "Tensors of float, double, int32, int64, bool and string are served, with the batch as"
          + " their first dimension and no more than one other of any size";

  private InputTensors() {}

  /**
   * @param width how many values a row has, by which a dimension of any size is known; 0 if it is
   *     not: then an input with such a dimension has no columns
   * @throws dev.mlops.service.problem.ProblemException if one of them can't be filled from a row
   */
  static List<InputTensor> of(Collection<NodeInfo> infos, int width) {
    if (infos.isEmpty()) {
      throw Code.ONNX_INPUT.problem("The model takes no input", "There is nothing to ask it", "");
    }
    List<NodeInfo> open = infos.stream().filter(info -> sizes(info).contains(ANY)).toList();
    if (open.size() > 1) {
      throw unfit(open.getLast(), "has a dimension of any size, and so has another one");
    }
    long fixed =
        infos.stream().filter(info -> !open.contains(info)).mapToLong(i -> count(sizes(i))).sum();
    List<InputTensor> inputs = new ArrayList<>();
    int first = 0;
    for (NodeInfo info : infos) {
      InputTensor input = input(info, row(info, width == 0 ? 0 : width - fixed), first);
      inputs.add(input);
      first += input.columns();
    }
    return inputs;
  }

  private static InputTensor input(NodeInfo info, List<Long> row, int first) {
    TensorInfo tensor = tensor(info);
    ElementType type =
        ElementType.of(tensor.type)
            .orElseThrow(() -> unfit(info, "has elements of type " + tensor.type));
    int batch = (int) Math.max(0, tensor.getShape()[0]);
    return new InputTensor(info.getName(), type, row, batch, first);
  }

  /**
   * The shape of one row.
   *
   * @param left how many values are left for an input with a dimension of any size
   */
  private static List<Long> row(NodeInfo info, long left) {
    List<Long> row = new ArrayList<>(sizes(info));
    int any = row.indexOf(ANY);
    if (any >= 0) {
      row.set(any, 1L);
      long others = count(row);
      if (row.contains(ANY) || others == 0 || left < 0 || left % others != 0) {
        throw unfit(info, "has the shape " + shape(info) + ", where -1 is any size");
      }
      row.set(any, left / others);
    }
    long columns = count(row);
    if (columns > WIDEST || (columns == 0 && (any < 0 || left > 0))) {
      throw unfit(info, "has " + columns + " values for each row");
    }
    return row;
  }

  /** The dimensions behind the batch's. */
  private static List<Long> sizes(NodeInfo info) {
    long[] shape = tensor(info).getShape();
    if (shape.length == 0) {
      throw unfit(info, "is a single value for all rows");
    }
    return Arrays.stream(shape).skip(1).boxed().toList();
  }

  private static long count(List<Long> sizes) {
    return sizes.stream().reduce(1L, Math::multiplyExact);
  }

  private static TensorInfo tensor(NodeInfo info) {
    if (info.getInfo() instanceof TensorInfo tensor) {
      return tensor;
    }
    throw unfit(info, "is no tensor");
  }

  private static String shape(NodeInfo info) {
    return Arrays.toString(tensor(info).getShape());
  }

  private static RuntimeException unfit(NodeInfo info, String what) {
    return Code.ONNX_INPUT.problem(
        "The model's input `" + info.getName() + "` " + what,
        TAKEN,
        "Export the model with such inputs; docs/guide/onnx.md shows how");
  }
}

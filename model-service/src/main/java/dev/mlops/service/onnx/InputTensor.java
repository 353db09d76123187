package dev.mlops.service.onnx;

import java.util.List;

/**
 * An input of a model.
 *
 * @param shape of one row, without the batch: empty for a single value
 * @param batch how many rows one run takes; 0 for any number
 * @param first the feature that its first column is
 */
public record InputTensor(String name, ElementType type, List<Long> shape, int batch, int first) {
  public InputTensor {
    shape = List.copyOf(shape);
  }

  /** How many values of a row it takes: one feature each, in row-major order. */
  public int columns() {
    return (int) shape.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
  }

  /** The shape for so many rows. */
  long[] shape(int rows) {
    long[] all = new long[shape.size() + 1];
    all[0] = rows;
    for (int i = 0; i < shape.size(); i++) {
      all[i + 1] = shape.get(i);
    }
    return all;
  }
}

package dev.mlops.service.predict;

import static dev.mlops.service.predict.Refusal.Reason.WRONG_SHAPE;

import java.util.List;

/**
 * An input of an inference request.
 *
 * @param shape one or two dimensions, rows first
 */
record Tensor(String name, Datatype type, List<Long> shape, Part data) {
  private static final int MOST_DIMENSIONS = 2;

  /**
   * Where the elements stand in the body.
   *
   * @param binary little-endian, else JSON
   */
  record Part(int from, int to, boolean binary) {}

  Tensor {
    shape = List.copyOf(shape);
  }

  /** Refuses a shape that is not one of rows. */
  void checkShape() throws Refusal {
    if (shape.isEmpty() || shape.size() > MOST_DIMENSIONS) {
      throw wrong("must have a shape of one or two dimensions, rows first");
    }
    if (shape.stream().anyMatch(size -> size < 0)) {
      throw wrong("has a dimension below 0");
    }
  }

  boolean isMatrix() {
    return shape.size() == MOST_DIMENSIONS;
  }

  long rows() {
    return shape.getFirst();
  }

  /** Values in a row. */
  long columns() {
    return isMatrix() ? shape.get(1) : 1;
  }

  Refusal wrong(String what) {
    return Refusal.at(name, WRONG_SHAPE, "Input '" + Refusal.shown(name) + "' " + what);
  }
}

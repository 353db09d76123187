package dev.mlops.service.predict;

import static dev.mlops.service.predict.Refusal.Reason.WRONG_TYPE;

import java.util.List;

/**
 * Makes rows of tensors: of one for each feature, or of a single matrix of numbers with a column
 * for each feature in the order of the schema. For one thread.
 */
final class Tensors {
  private final Slots slots;

  /** The feature and the row that an element belongs to, by its place in row-major order. */
  interface Layout {
    Slot slot(int element);

    int row(int element);
  }

  private record Column(Slot slot) implements Layout {
    @Override
    public Slot slot(int element) {
      return slot;
    }

    @Override
    public int row(int element) {
      return element;
    }
  }

  private record Matrix(Slots slots) implements Layout {
    @Override
    public Slot slot(int element) {
      return slots.get(element % slots.size());
    }

    @Override
    public int row(int element) {
      return element / slots.size();
    }
  }

  Tensors(Slots slots) {
    this.slots = slots;
  }

  /**
   * @param body which the tensors were read from
   */
  void read(byte[] body, List<Tensor> tensors, Rows rows) throws Refusal {
    Tensor first = tensors.getFirst();
    if (tensors.size() == 1 && first.isMatrix() && !slots.has(first.name())) {
      matrix(body, first, rows);
    } else {
      columns(body, tensors, rows);
    }
  }

  private void matrix(byte[] body, Tensor tensor, Rows rows) throws Refusal {
    if (tensor.columns() != slots.size()) {
      throw tensor.wrong(
          "has %d columns; the model takes %d: %s"
              .formatted(tensor.columns(), slots.size(), slots.names()));
    }
    for (int i = 0; i < slots.size(); i++) {
      checkType(tensor, slots.get(i));
    }
    rows.fill(tensor.rows());
    new TensorData(tensor, new Matrix(slots), rows).read(body);
  }

  private void columns(byte[] body, List<Tensor> tensors, Rows rows) throws Refusal {
    long count = tensors.getFirst().rows();
    rows.fill(count);
    slots.nextRow();
    for (Tensor tensor : tensors) {
      Slot slot = slots.fill(tensor.name());
      if (tensor.columns() != 1) {
        throw tensor.wrong("must have a shape of [rows] or [rows, 1]");
      }
      if (tensor.rows() != count) {
        throw tensor.wrong("has %d rows, the first input %d".formatted(tensor.rows(), count));
      }
      checkType(tensor, slot);
      new TensorData(tensor, new Column(slot), rows).read(body);
    }
    slots.checkComplete();
  }

  private static void checkType(Tensor tensor, Slot slot) throws Refusal {
    if (!tensor.type().suits(slot.feature())) {
      String name = slot.feature().name();
      throw Refusal.at(
          name,
          WRONG_TYPE,
          "'%s' can't be of datatype %s; send it as %s, in an input of its own name"
              .formatted(name, tensor.type(), Datatype.of(slot.feature())));
    }
  }
}

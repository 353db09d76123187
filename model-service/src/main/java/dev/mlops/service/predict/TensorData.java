package dev.mlops.service.predict;

import static dev.mlops.service.predict.Refusal.Reason.WRONG_TYPE;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads the elements of one tensor to where they belong in the rows. */
final class TensorData {
  private final Tensor tensor;
  private final Tensors.Layout layout;
  private final Rows rows;
  private final long size;

  TensorData(Tensor tensor, Tensors.Layout layout, Rows rows) {
    this.tensor = tensor;
    this.layout = layout;
    this.rows = rows;
    this.size = tensor.rows() * tensor.columns();
  }

  void read(byte[] body) throws Refusal {
    Tensor.Part part = tensor.data();
    if (part.binary()) {
      ByteBuffer buffer = ByteBuffer.wrap(body, part.from(), part.to() - part.from());
      binary(body, buffer.order(ByteOrder.LITTLE_ENDIAN));
      return;
    }
    JsonParser json = JsonBody.part(body, part.from(), part.to() - part.from());
    try {
      json.nextToken();
      if (elements(json, 1, 0) != size) {
        throw wrongCount();
      }
    } catch (IOException _) {
      // It was read once; what is left are numbers beyond all bounds.
      throw tensor.wrong("has a value that can't be read");
    }
  }

  /**
   * Reads a list, flat or of the tensor's shape.
   *
   * @param depth 1 for the outermost
   * @param from the place of its first element
   * @return the place behind its last element
   */
  private int elements(JsonParser json, int depth, int from) throws IOException, Refusal {
    int at = from;
    boolean nested = false;
    for (JsonToken token = json.nextToken();
        token != JsonToken.END_ARRAY;
        token = json.nextToken()) {
      boolean list = token == JsonToken.START_ARRAY;
      if (at > from && list != nested) {
        throw tensor.wrong("mixes values and lists");
      }
      nested = list;
      if (!list) {
        element(at++, json, token);
      } else if (depth == tensor.shape().size()) {
        throw tensor.wrong("is nested deeper than its shape");
      } else {
        int end = elements(json, depth + 1, at);
        if (end - at != tensor.columns()) {
          throw tensor.wrong("has a list whose length is not that of its shape");
        }
        at = end;
      }
    }
    return at;
  }

  private void element(int at, JsonParser json, JsonToken token) throws IOException, Refusal {
    Slot slot = slot(at);
    put(
        at,
        slot,
        () -> {
          if (token == JsonToken.VALUE_NULL) {
            return Slots.missing(slot);
          }
          if (!token.isNumeric()) {
            return slot.read(json, token);
          }
          double number = json.getDoubleValue();
          if (!tensor.type().holds(number)) {
            throw wrongType(slot, "a value of datatype " + tensor.type());
          }
          return slot.of(number);
        });
  }

  private void binary(byte[] body, ByteBuffer buffer) throws Refusal {
    int at = 0;
    for (; buffer.remaining() >= Math.max(tensor.type().width(), 1); at++) {
      Slot slot = slot(at);
      try {
        put(
            at,
            slot,
            () ->
                tensor.type() == Datatype.BYTES
                    ? slot.of(text(body, buffer))
                    : number(slot, tensor.type().next(buffer)));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
    if (at != size || buffer.hasRemaining()) {
      throw wrongCount();
    }
  }

  /** Binary data has no null: what is not a number is missing. */
  private static double number(Slot slot, double value) throws Refusal {
    return Double.isNaN(value) ? Slots.missing(slot) : slot.of(value);
  }

  private String text(byte[] body, ByteBuffer buffer) throws Refusal {
    int length = buffer.remaining() < Integer.BYTES ? -1 : buffer.getInt();
    if (length < 0 || length > buffer.remaining()) {
      throw tensor.wrong("has a string that ends behind the data");
    }
    int from = buffer.position();
    buffer.position(from + length);
    return new String(body, from, length, UTF_8);
  }

  @FunctionalInterface
  private interface Value {
    double read() throws IOException, Refusal;
  }

  private void put(int at, Slot slot, Value value) throws IOException, Refusal {
    int row = layout.row(at);
    try {
      rows.row(row)[slot.index()] = value.read();
    } catch (Refusal refusal) {
      throw refusal.inRow(row);
    }
  }

  private Slot slot(int at) throws Refusal {
    if (at >= size) {
      throw wrongCount();
    }
    return layout.slot(at);
  }

  private static Refusal wrongType(Slot slot, String expected) {
    String name = slot.feature().name();
    return Refusal.at(name, WRONG_TYPE, "'" + name + "' must be " + expected);
  }

  private Refusal wrongCount() {
    return tensor.wrong("has not the " + size + " values of its shape");
  }
}

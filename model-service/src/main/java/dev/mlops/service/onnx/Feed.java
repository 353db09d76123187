package dev.mlops.service.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.mlops.service.model.UnfitValueException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/** One input tensor for a number of rows, filled again and again. For one thread. */
final class Feed implements AutoCloseable {
  private static final double EXACT = 1L << 53;

  private final OrtEnvironment environment;
  private final InputTensor input;
  private final int rows;
  private final List<List<String>> words;
  private final ByteBuffer bytes;
  private final String[] texts;
  private Optional<OnnxTensor> tensor;

  /**
   * @param words for each column of a string tensor the categories that a row's values count
   */
  Feed(OrtEnvironment environment, InputTensor input, int rows, List<List<String>> words) {
    this.environment = environment;
    this.input = input;
    this.rows = rows;
    this.words = words;
    int values = rows * input.columns();
    boolean isText = input.type() == ElementType.STRING;
    texts = new String[isText ? values : 0];
    bytes = ByteBuffer.allocateDirect(isText ? 0 : values * javaType(input.type()).size);
    bytes.order(ByteOrder.nativeOrder());
    tensor = isText ? Optional.empty() : Optional.of(overBytes());
  }

  String name() {
    return input.name();
  }

  /** Puts a row's values in their places. */
  void put(int row, double[] values) {
    int columns = input.columns();
    for (int column = 0; column < columns; column++) {
      put(row * columns + column, column, values[input.first() + column]);
    }
  }

  /** The tensor of what was put; good until the next call. */
  OnnxTensor tensor() {
    if (input.type() == ElementType.STRING) {
      close();
      tensor = Optional.of(ofTexts());
    }
    return tensor.orElseThrow();
  }

  @Override
  public void close() {
    tensor.ifPresent(OnnxTensor::close);
  }

  private void put(int place, int column, double value) {
    switch (input.type()) {
      case FLOAT -> bytes.putFloat(place * Float.BYTES, narrow(column, value));
      case DOUBLE -> bytes.putDouble(place * Double.BYTES, value);
      case INT32 -> bytes.putInt(place * Integer.BYTES, (int) whole(column, value, 1L << 31));
      case INT64 -> bytes.putLong(place * Long.BYTES, (long) whole(column, value, EXACT));
      case BOOL -> bytes.put(place, (byte) (value > 0 ? 1 : 0));
      case STRING -> texts[place] = words.get(column).get((int) value);
    }
  }

  private float narrow(int column, double value) {
    float narrowed = (float) value;
    if (Float.isInfinite(narrowed)) {
      throw new UnfitValueException(input.first() + column, "a number that a float can hold");
    }
    return narrowed;
  }

  private double whole(int column, double value, double limit) {
    if (value != Math.rint(value) || value >= limit || value < -limit) {
      throw new UnfitValueException(
          input.first() + column,
          input.type() == ElementType.INT32 ? "a whole number of 32 bits" : "a whole number");
    }
    return value;
  }

  private OnnxTensor ofTexts() {
    try {
      return OnnxTensor.createTensor(environment, texts, input.shape(rows));
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The tensor reads the very bytes that are put: it is made once. */
  private OnnxTensor overBytes() {
    try {
      return OnnxTensor.createTensor(environment, bytes, input.shape(rows), javaType(input.type()));
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private static OnnxJavaType javaType(ElementType type) {
    return switch (type) {
      case FLOAT -> OnnxJavaType.FLOAT;
      case DOUBLE -> OnnxJavaType.DOUBLE;
      case INT32 -> OnnxJavaType.INT32;
      case INT64 -> OnnxJavaType.INT64;
      case BOOL -> OnnxJavaType.BOOL;
      case STRING -> OnnxJavaType.STRING;
    };
  }
}

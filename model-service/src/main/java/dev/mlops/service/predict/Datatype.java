package dev.mlops.service.predict;

import dev.mlops.service.artifact.BooleanFeature;
import dev.mlops.service.artifact.CategoryFeature;
import dev.mlops.service.artifact.Feature;
import dev.mlops.service.artifact.NumberFeature;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** What a tensor's elements are, in the Open Inference Protocol's words. */
public enum Datatype {
  BOOL(1),
  UINT8(1),
  UINT16(2),
  UINT32(4),
  UINT64(8),
  INT8(1),
  INT16(2),
  INT32(4),
  INT64(8),
  FP16(2),
  BF16(2),
  FP32(4),
  FP64(8),
  /** Strings. */
  BYTES(0);

  private final int width;

  Datatype(int width) {
    this.width = width;
  }

  static Optional<Datatype> of(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  /** The one that holds a feature's values exactly. */
  public static Datatype of(Feature feature) {
    return switch (feature) {
      case NumberFeature _ -> FP64;
      case BooleanFeature _ -> BOOL;
      case CategoryFeature _ -> BYTES;
    };
  }

  /** Bytes of an element in binary; 0 where each says for itself. */
  int width() {
    return width;
  }

  /** Whether a feature takes values of this type: a number any number, a boolean 0 and 1 too. */
  boolean suits(Feature feature) {
    return switch (feature) {
      case NumberFeature _ -> this != BOOL && this != BYTES;
      case BooleanFeature _ -> this != BYTES;
      case CategoryFeature _ -> this == BYTES;
    };
  }

  /** Whether the number is one that this type can hold. */
  boolean holds(double number) {
    return switch (this) {
      case BOOL -> number == 0 || number == 1;
      case UINT8, UINT16, UINT32, UINT64 -> whole(number, 0, Math.scalb(1.0, 8 * width));
      case INT8, INT16, INT32, INT64 ->
          whole(number, -Math.scalb(1.0, 8 * width - 1), Math.scalb(1.0, 8 * width - 1));
      case FP16, BF16, FP32, FP64 -> true;
      case BYTES -> false;
    };
  }

  /** The next element of a little-endian buffer, as a number. */
  double next(ByteBuffer buffer) {
    return switch (this) {
      case BOOL, INT8 -> buffer.get();
      case UINT8 -> Byte.toUnsignedInt(buffer.get());
      case UINT16 -> Short.toUnsignedInt(buffer.getShort());
      case UINT32 -> Integer.toUnsignedLong(buffer.getInt());
      case UINT64 -> unsigned(buffer.getLong());
      case INT16 -> buffer.getShort();
      case INT32 -> buffer.getInt();
      case INT64 -> buffer.getLong();
      case FP16 -> Float.float16ToFloat(buffer.getShort());
      case BF16 -> Float.intBitsToFloat(buffer.getShort() << 16);
      case FP32 -> buffer.getFloat();
      case FP64 -> buffer.getDouble();
      case BYTES -> throw new IllegalStateException("not a number");
    };
  }

  private static double unsigned(long bits) {
    return bits >= 0 ? bits : Math.scalb((double) (bits >>> 1), 1) + (bits & 1);
  }

  private static boolean whole(double number, double from, double below) {
    return number >= from && number < below && number == Math.rint(number);
  }
}

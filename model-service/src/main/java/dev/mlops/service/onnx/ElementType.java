package dev.mlops.service.onnx;

import ai.onnxruntime.OnnxJavaType;
import java.util.Optional;

/** The types of tensor elements that a row can fill. */
public enum ElementType {
  FLOAT,
  DOUBLE,
  INT32,
  INT64,
  BOOL,
  STRING;

  /** Nothing for a type that no field of a request has, such as a complex number. */
  static Optional<ElementType> of(OnnxJavaType type) {
    return switch (type) {
      case FLOAT -> Optional.of(FLOAT);
      case DOUBLE -> Optional.of(DOUBLE);
      case INT32 -> Optional.of(INT32);
      case INT64 -> Optional.of(INT64);
      case BOOL -> Optional.of(BOOL);
      case STRING -> Optional.of(STRING);
      case INT8, UINT8, INT16, FLOAT16, BFLOAT16, UNKNOWN -> Optional.empty();
    };
  }

  /** Whether it can hold a value that is not there, as not-a-number. */
  public boolean mayBeMissing() {
    return this == FLOAT || this == DOUBLE;
  }

  /** For people. */
  public String word() {
    return switch (this) {
      case FLOAT, DOUBLE -> "numbers";
      case INT32, INT64 -> "whole numbers in every row";
      case BOOL -> "true or false in every row";
      case STRING -> "a word in every row";
    };
  }

  public boolean isWhole() {
    return this == INT32 || this == INT64;
  }
}

package dev.mlops.service.predict;

/** How a body holds rows, and its answer their predictions: docs/reference/http.md. */
public sealed interface Dialect {
  /** One object of fields, or a list of them. */
  record Objects(Reply reply) implements Dialect {
    /** As {@code POST /predict} is asked and answered. */
    public static final Objects PREDICT = new Objects(Reply.JSON);
  }

  /** A line for each row, with a value for each feature in the order of the schema. */
  record Csv(Reply reply) implements Dialect {}

  /** JSON Lines: a row after the other, each an object of fields or a list of values. */
  record Lines(Reply reply) implements Dialect {}

  /** KServe's V1 protocol, and Vertex AI's: rows under {@code instances}. */
  record Instances() implements Dialect {}

  /**
   * The Open Inference Protocol, version 2: tensors.
   *
   * @param jsonBytes how much of the body is JSON, where tensors follow it in binary; else all
   */
  record Tensors(int jsonBytes) implements Dialect {
    /** All of the body is JSON. */
    public static final Tensors JSON = new Tensors(Integer.MAX_VALUE);
  }

  /** What rows are answered in. */
  enum Reply {
    /** An object for each row, in the JSON that was asked in, or a list. */
    JSON,
    /** A line for each row: the prediction, then the probability of each class. */
    CSV,
    /** A line for each row: an object. */
    LINES
  }
}

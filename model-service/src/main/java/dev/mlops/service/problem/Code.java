package dev.mlops.service.problem;

/** The problems of the batch commands; the command line explains each under the same code. */
public enum Code {
  DATA_UNREADABLE("MLOPS-DATA-001", true),
  DATA_ENCODING("MLOPS-DATA-002", true),
  DATA_HEADER("MLOPS-DATA-003", true),
  DATA_SHAPE("MLOPS-DATA-004", true),
  DATA_TOO_SMALL("MLOPS-DATA-005", true),
  DATA_NO_TARGET("MLOPS-DATA-006", true),
  DATA_TARGET("MLOPS-DATA-007", true),
  DATA_FEATURE("MLOPS-DATA-008", true),
  REQUEST("MLOPS-TRAIN-001", true),
  TRAINING("MLOPS-TRAIN-002", false),
  ARTIFACT("MLOPS-TRAIN-003", false),
  ONNX_UNREADABLE("MLOPS-ONNX-001", true),
  ONNX_INPUT("MLOPS-ONNX-002", true),
  ONNX_OUTPUT("MLOPS-ONNX-003", true),
  ONNX_CLASSES("MLOPS-ONNX-004", true),
  ONNX_DATA("MLOPS-ONNX-005", true);

  private final String id;
  private final boolean users;

  Code(String id, boolean users) {
    this.id = id;
    this.users = users;
  }

  /** The stable name, {@code MLOPS-AREA-NNN}. */
  public String id() {
    return id;
  }

  /** 2 where the user's data or request is at fault, else 1. */
  public int exitStatus() {
    return users ? 2 : 1;
  }

  /**
   * @param why the reason as far as it is known, or empty
   * @param next one step to take, or empty
   */
  public ProblemException problem(String message, String why, String next) {
    return new ProblemException(this, message, why, next);
  }
}

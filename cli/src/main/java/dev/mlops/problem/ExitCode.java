package dev.mlops.problem;

/** What a command's exit status says; the numbers are promised in docs/reference/exit-codes.md. */
public enum ExitCode {
  DONE(0, "done"),
  FAILED(1, "failed"),
  USAGE(2, "the command line or the config is wrong"),
  DIFFERENCES(3, "`plan --exit-code` found something to do, or `drift --exit-code` found drift"),
  GATE(4, "a gate failed: model quality or a load-test objective"),
  INVALID(5, "the measurement itself is not valid"),
  INTERRUPTED(130, "interrupted");

  private final int status;
  private final String meaning;

  ExitCode(int status, String meaning) {
    this.status = status;
    this.meaning = meaning;
  }

  /** The code of a status that one of them gave. */
  public static ExitCode of(int status) {
    for (ExitCode code : values()) {
      if (code.status == status) {
        return code;
      }
    }
    throw new IllegalArgumentException("no exit code " + status);
  }

  public int status() {
    return status;
  }

  public String meaning() {
    return meaning;
  }
}

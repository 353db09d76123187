package dev.mlops.service.problem;

/** What a batch command tells instead of a result. */
public final class ProblemException extends RuntimeException {
  private final Code code;
  private final String why;
  private final String next;

  ProblemException(Code code, String message, String why, String next) {
    super(message);
    this.code = code;
    this.why = why;
    this.next = next;
  }

  public Code code() {
    return code;
  }

  public String why() {
    return why;
  }

  public String next() {
    return next;
  }
}

package dev.mlops.service.predict;

import java.util.Optional;

/** A body that is not answered with a prediction; the codes are those of docs/reference/http.md. */
public final class Refusal extends Exception {
  private static final int SHOWN = 100;

  private final Reason reason;
  private final Optional<String> field;

  /** What is wrong, in the word that the answer carries. */
  public enum Reason {
    MALFORMED_JSON,
    MALFORMED_CSV,
    MISSING_FIELD,
    UNKNOWN_FIELD,
    DUPLICATE_FIELD,
    WRONG_TYPE,
    WRONG_SHAPE,
    UNKNOWN_CATEGORY,
    NO_PREDICTION,
    TOO_MANY_ROWS
  }

  // Refusing is an ordinary answer, often many a second: no stack trace.
  private Refusal(Reason reason, String message, Optional<String> field) {
    super(message, null, false, false);
    this.reason = reason;
    this.field = field;
  }

  static Refusal of(Reason reason, String message) {
    return new Refusal(reason, message, Optional.empty());
  }

  static Refusal at(String field, Reason reason, String message) {
    return new Refusal(reason, message, Optional.of(shown(field)));
  }

  /** The same, with the row of the list that it is about. */
  Refusal inRow(int row) {
    return new Refusal(reason, "Row " + row + ": " + getMessage(), field);
  }

  public Reason reason() {
    return reason;
  }

  /** The name of the field that is at fault. */
  public Optional<String> field() {
    return field;
  }

  /** A client's own words come back to it, but not by the megabyte. */
  static String shown(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}

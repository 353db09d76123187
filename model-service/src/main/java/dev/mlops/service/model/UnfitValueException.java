package dev.mlops.service.model;

/** A value of a row that the model can't take, though the schema lets it through. */
public final class UnfitValueException extends RuntimeException {
  private final int feature;

  /**
   * @param feature its place in the row
   * @param expected what it has to be, such as "a whole number"
   */
  public UnfitValueException(int feature, String expected) {
    // Refusing is an ordinary answer, often many a second: no stack trace.
    super(expected, null, false, false);
    this.feature = feature;
  }

  public int feature() {
    return feature;
  }
}

package dev.mlops.console;

/**
 * How a command speaks.
 *
 * @param quiet the essential value only
 * @param verbose stack traces, too
 */
public record Manner(Format format, boolean quiet, boolean verbose, Colour colour) {
  static final Manner USUAL = new Manner(Format.text, false, false, Colour.auto);

  /** Before the command line is parsed. */
  public static Manner of(Format format, Colour colour) {
    return new Manner(format, false, false, colour);
  }
}

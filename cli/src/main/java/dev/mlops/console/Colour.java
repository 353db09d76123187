package dev.mlops.console;

/** When text is coloured; the constants are what the user types. */
public enum Colour {
  /** On a terminal that knows colours, unless NO_COLOR is set. */
  auto,
  /** Into files and pipes, too. */
  always,
  never
}

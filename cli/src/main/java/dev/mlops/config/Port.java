package dev.mlops.config;

/** A TCP port. */
public record Port(int number) {
  public Port {
    if (number < 1 || number > 65_535) {
      throw new IllegalArgumentException("ports go from 1 to 65535");
    }
  }

  @Override
  public String toString() {
    return Integer.toString(number);
  }
}

package dev.mlops.training;

import java.util.Locale;

/** Rounding as people read them. */
public final class Rounding {
  private static final double WHOLE_FROM = 9_999.5;

  private Rounding() {}

  /** Four digits, such as {@code 0.9733}, or all of a large number: {@code 11,461}. */
  public static String text(double figure) {
    boolean isLarge = Math.abs(figure) >= WHOLE_FROM && Math.abs(figure) < 1e15;
    return String.format(Locale.ROOT, isLarge ? "%,.0f" : "%.4g", figure);
  }
}

package dev.mlops.config;

import java.math.BigDecimal;

/** Says a {@link Range} in words. */
final class Bounds {
  private Bounds() {}

  /** Such as "at least 1" or "0 to 1". */
  static String describe(Range range) {
    return Double.isInfinite(range.max())
        ? "at least " + plain(range.min()).toPlainString()
        : plain(range.min()).toPlainString() + " to " + plain(range.max()).toPlainString();
  }

  /** A whole number where it is one: 1, not 1.0. */
  static BigDecimal plain(double bound) {
    BigDecimal decimal = BigDecimal.valueOf(bound).stripTrailingZeros();
    return decimal.scale() < 0 ? decimal.setScale(0) : decimal;
  }
}

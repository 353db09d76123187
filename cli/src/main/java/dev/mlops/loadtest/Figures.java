package dev.mlops.loadtest;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Numbers as people read them, never parted from their unit; report.json has every digit. */
final class Figures {
  private static final char SPACE = '\u00a0';

  private Figures() {}

  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Three digits or more, without a unit. */
  static String number(double value) {
    double size = Math.abs(value);
    int decimals = size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  /** As many decimals as it has, up to six: 99.9, 0.5, 2,000. */
  static String plain(double value) {
    return new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Locale.ROOT))
        .format(value);
  }

  /** The shortest form that reads back as the same number. */
  static String exact(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  static String millis(double value) {
    return number(value) + SPACE + "ms";
  }

  static String percent(double value) {
    boolean tiny = value > 0 && value < 0.01;
    return (tiny ? "<" + SPACE + "0.01" : String.format(Locale.ROOT, "%.2f", value)) + SPACE + "%";
  }

  /** With a unit as {@link Gate.Measure#unit} has it. */
  static String withUnit(double value, String unit) {
    return unit.equals("%") ? percent(value) : number(value) + SPACE + unit;
  }

  static String seconds(double value) {
    return number(value) + SPACE + "s";
  }
}

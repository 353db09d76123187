package dev.mlops.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 500ms}, {@code 0.5s}, {@code 30s}, {@code 2m}, {@code 1h}.
 */
public final class Durations {
  static final String PATTERN = "[0-9]{1,9}(\\.[0-9]{1,9})?(ms|s|m|h)";
  private static final Pattern SHAPE = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(ms|s|m|h)");

  private Durations() {}

  /**
   * @throws IllegalArgumentException with a message for the user
   */
  public static Duration parse(String text) {
    Matcher parts = SHAPE.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("write a number and its unit: ms, s, m or h");
    }
    BigDecimal nanos =
        new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(unit(parts.group(2))));
    return Duration.ofSeconds(0, nanos.longValueExact());
  }

  /** The shortest form that {@link #parse} reads back. */
  public static String format(Duration duration) {
    long millis = duration.toMillis();
    if (millis != 0 && millis % 3_600_000 == 0) {
      return millis / 3_600_000 + "h";
    }
    if (millis != 0 && millis % 60_000 == 0) {
      return millis / 60_000 + "m";
    }
    if (millis >= 1_000) {
      return BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString() + "s";
    }
    return BigDecimal.valueOf(duration.toNanos(), 6).stripTrailingZeros().toPlainString() + "ms";
  }

  private static long unit(String name) {
    return switch (name) {
      case "ms" -> 1_000_000L;
      case "s" -> 1_000_000_000L;
      case "m" -> 60_000_000_000L;
      case "h" -> 3_600_000_000_000L;
      default -> throw new IllegalArgumentException(name);
    };
  }
}

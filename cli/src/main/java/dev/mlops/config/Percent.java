package dev.mlops.config;

import java.util.regex.Pattern;

/**
 * A whole percentage above 0, written {@code 60%}. It may exceed 100: CPU use is counted against a
 * request.
 */
public record Percent(int value) {
  static final String PATTERN = "[1-9][0-9]{0,2}%";
  private static final Pattern SHAPE = Pattern.compile(PATTERN);

  public Percent {
    if (value < 1 || value > 999) {
      throw new IllegalArgumentException("percentages go from 1% to 999%");
    }
  }

  public static Percent parse(String text) {
    if (!SHAPE.matcher(text).matches()) {
      throw new IllegalArgumentException("write a whole number from 1 to 999 and the sign");
    }
    return new Percent(Integer.parseInt(text.substring(0, text.length() - 1)));
  }

  @Override
  public String toString() {
    return value + "%";
  }
}

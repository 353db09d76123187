package dev.mlops.service.data;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What the text of a field means. */
public final class Fields {
  private static final Set<String> MISSING =
      Set.of("", "NA", "N/A", "n/a", "#N/A", "NULL", "null", "NaN", "nan", "?");

  private static final int SHORTEST_DATE = "1.1.2026".length();

  private static final Pattern DATE =
      Pattern.compile(
          "(?:[12][0-9]{3}([-/.])[01]?[0-9]\\1[0-3]?[0-9]|[0-3]?[0-9]([-/.])[0-3]?[0-9]\\2[12][0-9]{3})"
              + "(?:[T ][0-2]?[0-9]:[0-5][0-9](?::[0-6][0-9](?:[.,][0-9]+)?)?"
              + " ?(?:[AaPp][Mm]|Z|UTC|[+-][0-9]{2}:?[0-9]{0,2})?)?");

  private Fields() {}

  public static boolean isMissing(String field) {
    return field.length() <= 4 && MISSING.contains(field);
  }

  /** True or false in one of the usual spellings. */
  public static boolean isBoolean(String field) {
    return switch (field.toLowerCase(Locale.ROOT)) {
      case "true", "false", "yes", "no" -> true;
      default -> false;
    };
  }

  /** Also of 0 and 1, which are booleans where a config says so. */
  public static boolean isTrue(String field) {
    return field.equalsIgnoreCase("true") || field.equalsIgnoreCase("yes") || field.equals("1");
  }

  /**
   * A decimal number, or NaN if it is none. Stricter than the JDK, for which {@code 1d}, {@code
   * 0x1p3} and {@code Infinity} are numbers too.
   */
  public static double number(String field) {
    int at = afterSign(field, 0);
    int whole = afterDigits(field, at);
    int end = whole;
    int digits = whole - at;
    if (end < field.length() && field.charAt(end) == '.') {
      end = afterDigits(field, whole + 1);
      digits += end - whole - 1;
    }
    if (digits == 0) {
      return Double.NaN;
    }
    if (end < field.length() && (field.charAt(end) | 0x20) == 'e') {
      int exponent = afterSign(field, end + 1);
      end = afterDigits(field, exponent);
      if (end == exponent) {
        return Double.NaN;
      }
    }
    return end == field.length() ? Double.parseDouble(field) : Double.NaN;
  }

  /** A day, with or without a time of it: ISO 8601, or day and month before the year. */
  static boolean isDate(String field) {
    return field.length() >= SHORTEST_DATE && DATE.matcher(field).matches();
  }

  /** A number as it is written where the comma is the decimal sign. */
  static boolean isNumberWithComma(String field) {
    return field.indexOf(',') >= 0 && Double.isFinite(number(field.replace(',', '.')));
  }

  private static int afterSign(String field, int from) {
    boolean sign =
        from < field.length() && (field.charAt(from) == '-' || field.charAt(from) == '+');
    return sign ? from + 1 : from;
  }

  private static int afterDigits(String field, int from) {
    int at = from;
    while (at < field.length() && field.charAt(at) >= '0' && field.charAt(at) <= '9') {
      at++;
    }
    return at;
  }
}

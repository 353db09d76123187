package dev.mlops.service.predict;

/**
 * Reads the JSON numbers that come out exact with one multiplication or division: up to 15 digits
 * and a small power of ten, of which both are doubles without an error (<a
 * href="https://doi.org/10.1145/93542.93557">Clinger 1990</a>).
 */
final class QuickNumber {
  // The point is counted in.
  private static final int DIGITS = 15;
  private static final double[] POWERS = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19, 1e20, 1e21, 1e22
  };

  private long digits;
  private int exponent;
  private double value;

  /**
   * Reads the number at a place.
   *
   * @return the place behind it, or -1 if there is none, or one of another kind
   */
  int read(byte[] bytes, int from, int to) {
    boolean negative = from < to && bytes[from] == '-';
    int begin = negative ? from + 1 : from;
    int point = whole(bytes, begin, to);
    int end = point < 0 ? -1 : fraction(bytes, point, to);
    if (end < 0 || end - begin > DIGITS) {
      return -1;
    }
    end = power(bytes, end, to);
    // JSON's -0 is a zero without a sign to some readers.
    if (Math.abs(exponent) >= POWERS.length || (negative && digits == 0)) {
      return -1;
    }
    double size = exponent < 0 ? digits / POWERS[-exponent] : digits * POWERS[exponent];
    value = negative ? -size : size;
    return end;
  }

  /** The number read last. */
  double value() {
    return value;
  }

  private int whole(byte[] bytes, int from, int to) {
    digits = 0;
    exponent = 0;
    int end = digits(bytes, from, to);
    boolean padded = end - from > 1 && bytes[from] == '0';
    return end == from || padded ? -1 : end;
  }

  private int fraction(byte[] bytes, int point, int to) {
    if (point == to || bytes[point] != '.') {
      return point;
    }
    int end = digits(bytes, point + 1, to);
    exponent = point + 1 - end;
    return exponent == 0 ? -1 : end;
  }

  /** Adds the power of ten that may stand at a place; returns -1 if it is none. */
  private int power(byte[] bytes, int from, int to) {
    if (from == to || (bytes[from] != 'e' && bytes[from] != 'E')) {
      return from;
    }
    boolean sign = from + 1 < to && (bytes[from + 1] == '-' || bytes[from + 1] == '+');
    int begin = sign ? from + 2 : from + 1;
    int end = begin;
    int power = 0;
    while (end < to && end - begin < 3 && isDigit(bytes[end])) {
      power = power * 10 + bytes[end] - '0';
      end++;
    }
    exponent += sign && bytes[from + 1] == '-' ? -power : power;
    return end == begin ? -1 : end;
  }

  private int digits(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && isDigit(bytes[at])) {
      digits = digits * 10 + bytes[at] - '0';
      at++;
    }
    return at;
  }

  private static boolean isDigit(byte letter) {
    return letter >= '0' && letter <= '9';
  }
}

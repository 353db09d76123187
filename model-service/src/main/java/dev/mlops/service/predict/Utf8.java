package dev.mlops.service.predict;

/** Strict UTF-8: Jackson itself lets overlong forms and lone surrogates through. */
final class Utf8 {
  private Utf8() {}

  static boolean isValid(byte[] bytes, int from, int length) {
    return isAscii(bytes, from, from + length) || isWellFormed(bytes, from, from + length);
  }

  /** Nearly every body is; the loop compiles to vector instructions. */
  private static boolean isAscii(byte[] bytes, int from, int to) {
    int seen = 0;
    for (int i = from; i < to; i++) {
      seen |= bytes[i];
    }
    return seen >= 0;
  }

  /** Table 3-7 of the Unicode standard. */
  private static boolean isWellFormed(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      int first = bytes[at] & 0xff;
      int more = first < 0x80 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
      boolean isFirst = first < 0x80 || (first >= 0xc2 && first <= 0xf4);
      if (!isFirst || at + more >= to || !isSecond(first, more, bytes[at + Math.min(more, 1)])) {
        return false;
      }
      for (int i = 2; i <= more; i++) {
        if ((bytes[at + i] & 0xc0) != 0x80) {
          return false;
        }
      }
      at += more + 1;
    }
    return true;
  }

  /** Which second byte a first one allows: not those of overlong forms, surrogates or beyond. */
  private static boolean isSecond(int first, int more, byte second) {
    int low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    int high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    int value = second & 0xff;
    return more == 0 || (value >= low && value <= high);
  }
}

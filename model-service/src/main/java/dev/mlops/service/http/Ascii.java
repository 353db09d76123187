package dev.mlops.service.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

/** The letters that HTTP is written in. */
final class Ascii {
  private static final boolean[] TOKEN = letters("!#$%&'*+-.^_`|~");
  private static final boolean[] HOST = letters("!$%&'()*+,-.:;=[]_~");

  private Ascii() {}

  static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }

  /** Every byte as the letter of its number: nothing that a client sends is lost or grows. */
  static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, ISO_8859_1);
  }

  /** A letter of a method or a header's name: RFC 9110, 5.6.2. */
  static boolean isToken(byte letter) {
    return TOKEN[letter & 0xff];
  }

  /** A letter of a host and its port: RFC 3986, 3.2.2. */
  static boolean isHost(byte letter) {
    return HOST[letter & 0xff];
  }

  /** A letter of a header's value: all but controls: RFC 9110, 5.5. */
  static boolean isValue(byte letter) {
    return (letter >= ' ' && letter != 0x7f) || letter < 0 || letter == '\t';
  }

  static boolean isSpace(byte letter) {
    return letter == ' ' || letter == '\t';
  }

  /**
   * Whether a token, or a value, is a word, in whichever case.
   *
   * @param word in lower case
   */
  static boolean equals(byte[] bytes, int from, int to, byte[] word) {
    if (to - from != word.length) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      byte letter = bytes[from + i];
      int lower = letter >= 'A' && letter <= 'Z' ? letter + 32 : letter;
      if (lower != word[i]) {
        return false;
      }
    }
    return true;
  }

  /** Letters and digits, and some more. */
  private static boolean[] letters(String more) {
    boolean[] all = new boolean[256];
    for (char c = '0'; c <= '9'; c++) {
      all[c] = true;
    }
    for (char c = 'a'; c <= 'z'; c++) {
      all[c] = true;
      all[Character.toUpperCase(c)] = true;
    }
    for (int i = 0; i < more.length(); i++) {
      all[more.charAt(i)] = true;
    }
    return all;
  }
}

package dev.mlops.service.http;

/** The first line of a request: RFC 9112, 3. Places are relative to where the line begins. */
final class RequestLine {
  private static final byte[] HTTP = Ascii.bytes("HTTP/");

  private Verb verb = Verb.OTHER;
  private int targetFrom;
  private int targetTo;
  private byte major;
  private byte minor;

  void clear() {
    verb = Verb.OTHER;
    targetFrom = 0;
    targetTo = 0;
    major = '1';
    minor = '1';
  }

  /**
   * Reads the line; there is a carriage return before {@code to}.
   *
   * @return where the next line begins, or -1 if this is none
   */
  int read(byte[] bytes, int from, int to) {
    int space = from;
    while (Ascii.isToken(bytes[space])) {
      space++;
    }
    if (space == from || bytes[space] != ' ') {
      return -1;
    }
    int end = space + 1;
    while (bytes[end] > ' ' && bytes[end] != 0x7f) {
      end++;
    }
    if (end == space + 1 || bytes[end] != ' ') {
      return -1;
    }
    verb = Verb.of(bytes, from, space);
    targetFrom = space + 1 - from;
    targetTo = end - from;
    return version(bytes, end + 1, to);
  }

  Verb verb() {
    return verb;
  }

  /** Where the target begins: printable ASCII without a space. */
  int targetFrom() {
    return targetFrom;
  }

  int targetTo() {
    return targetTo;
  }

  boolean isHttp1() {
    return major == '1';
  }

  /** Whether it is of HTTP/1.0. */
  boolean isOld() {
    return minor == '0';
  }

  private int version(byte[] bytes, int at, int to) {
    int end = at + HTTP.length + 3;
    if (end + 2 > to || bytes[end] != '\r' || bytes[end + 1] != '\n') {
      return -1;
    }
    for (int i = 0; i < HTTP.length; i++) {
      if (bytes[at + i] != HTTP[i]) {
        return -1;
      }
    }
    major = bytes[at + HTTP.length];
    minor = bytes[end - 1];
    boolean isVersion = isDigit(major) && bytes[end - 2] == '.' && isDigit(minor);
    return isVersion ? end + 2 : -1;
  }

  private static boolean isDigit(byte letter) {
    return letter >= '0' && letter <= '9';
  }
}

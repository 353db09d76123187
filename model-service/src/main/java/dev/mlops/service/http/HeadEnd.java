package dev.mlops.service.http;

/**
 * Looks for the end of a request's head in bytes that come bit by bit. No byte is looked at twice,
 * however small the bits are.
 */
final class HeadEnd {
  /** The end has not come yet. */
  static final int MORE = -1;

  /** There can't be one: {@link #fault} says why. */
  static final int NEVER = -2;

  private int looked;
  private int requestLine;
  private int lineEnd;
  private Fault fault;

  HeadEnd() {
    reset();
  }

  /** Begins with another head. */
  void reset() {
    looked = 0;
    requestLine = 0;
    lineEnd = -1;
  }

  /**
   * Looks at the bytes that have come since the last call.
   *
   * @param from where the head begins
   * @return the length of the head with its empty line, or {@link #MORE}, or {@link #NEVER}
   */
  int find(byte[] bytes, int from, int to) {
    for (int i = from + looked; i < to; i++) {
      if (bytes[i] == '\n') {
        if (i == from || bytes[i - 1] != '\r') {
          return never(Fault.BAD_REQUEST);
        }
        int last = lineEnd;
        lineEnd = i - from;
        if (lineEnd - last == 2) {
          return isTooLong(lineEnd) ? NEVER : lineEnd + 1;
        }
        requestLine = requestLine == 0 ? lineEnd : requestLine;
      }
    }
    looked = to - from;
    return isTooLong(looked) ? NEVER : MORE;
  }

  Fault fault() {
    return fault;
  }

  private boolean isTooLong(int length) {
    int line = requestLine == 0 ? length : requestLine;
    if (line > Limits.REQUEST_LINE_BYTES) {
      never(Fault.URI_TOO_LONG);
      return true;
    }
    if (length - line > Limits.HEADER_BYTES) {
      never(Fault.HEADERS_TOO_LARGE);
      return true;
    }
    return false;
  }

  private int never(Fault why) {
    fault = why;
    return NEVER;
  }
}

package dev.mlops.service.http;

/** What a header says of whom the request is for and where it ends: RFC 9112, 3.2 and 6. */
final class Framing {
  private static final byte[] CHUNKED = Ascii.bytes("chunked");
  // Longer than any body that is taken, and still far from the end of a long.
  private static final int DIGITS = 18;

  private int hosts;
  private int lengths;
  private int encodings;
  private long length;

  void clear() {
    hosts = 0;
    lengths = 0;
    encodings = 0;
    length = 0;
  }

  /** Takes a Host; false if it is none. */
  boolean host(byte[] bytes, int from, int to) {
    hosts++;
    for (int i = from; i < to; i++) {
      if (!Ascii.isHost(bytes[i])) {
        return false;
      }
    }
    return true;
  }

  /** Takes a Content-Length; false if it is none. */
  boolean length(byte[] bytes, int from, int to) {
    lengths++;
    if (from == to || to - from > DIGITS) {
      return false;
    }
    for (int i = from; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return false;
      }
      length = length * 10 + digit;
    }
    return true;
  }

  /** Takes a Transfer-Encoding; false if it is another than chunks. */
  boolean encoding(byte[] bytes, int from, int to) {
    encodings++;
    return Ascii.equals(bytes, from, to, CHUNKED);
  }

  /**
   * Whether there is one host, and at most one way to tell where the body ends.
   *
   * @param old whether the request is of HTTP/1.0, which needs no host and has no chunks
   */
  boolean isClear(boolean old) {
    return (old ? hosts <= 1 : hosts == 1) && lengths + encodings <= 1 && (encodings == 0 || !old);
  }

  boolean chunked() {
    return encodings > 0;
  }

  /** The length of the body unless it is {@link #chunked}; 0 if there is none. */
  long length() {
    return length;
  }
}

package dev.mlops.service.http;

/**
 * The request line and the header, as far as the server itself needs them: <a
 * href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112</a>, of which only the strict forms are
 * taken. What two readers could read in two ways is refused, because one of them may be a proxy.
 *
 * <p>Holds places, not copies: they are relative to where the head begins.
 */
final class Head {
  private static final byte[] HOST = Ascii.bytes("host");
  private static final byte[] EXPECT = Ascii.bytes("expect");
  private static final byte[] CONNECTION = Ascii.bytes("connection");
  private static final byte[] CONTENT_TYPE = Ascii.bytes("content-type");
  private static final byte[] CONTENT_ENCODING = Ascii.bytes("content-encoding");
  private static final byte[] CONTENT_LENGTH = Ascii.bytes("content-length");
  private static final byte[] TRANSFER_ENCODING = Ascii.bytes("transfer-encoding");
  private static final byte[] TRACEPARENT = Ascii.bytes("traceparent");
  private static final byte[] CLOSE = Ascii.bytes("close");
  private static final byte[] KEEP_ALIVE = Ascii.bytes("keep-alive");
  private static final byte[] CONTINUE = Ascii.bytes("100-continue");
  private static final byte[] IDENTITY = Ascii.bytes("identity");

  private final RequestLine line = new RequestLine();
  private final Framing framing = new Framing();
  private final Place contentType = new Place();
  private final Place traceparent = new Place();
  private int begin;
  private int fields;
  private int length;
  private boolean close;
  private boolean keepAlive;
  private boolean encoded;
  private Expectation expectation = Expectation.NOTHING;

  /** What the client wants to hear before it sends the body. */
  enum Expectation {
    NOTHING,
    CONTINUE,
    UNKNOWN
  }

  void clear() {
    line.clear();
    framing.clear();
    contentType.clear();
    traceparent.clear();
    fields = 0;
    length = 0;
    close = false;
    keepAlive = false;
    encoded = false;
    expectation = Expectation.NOTHING;
  }

  /**
   * Reads a head.
   *
   * @param to behind its empty line; every line feed up to there follows a carriage return
   * @return why it is refused, or null if it is not
   */
  Fault read(byte[] bytes, int from, int to) {
    clear();
    int at = line.read(bytes, from, to);
    if (at < 0) {
      return Fault.BAD_REQUEST;
    }
    if (!line.isHttp1()) {
      return Fault.VERSION_NOT_SUPPORTED;
    }
    length = to - from;
    begin = from;
    fields = at - from;
    while (at >= 0 && bytes[at] != '\r') {
      at = field(bytes, at);
    }
    return at == to - 2 && framing.isClear(line.isOld()) ? null : Fault.BAD_REQUEST;
  }

  RequestLine line() {
    return line;
  }

  Framing framing() {
    return framing;
  }

  Place contentType() {
    return contentType;
  }

  Place traceparent() {
    return traceparent;
  }

  /**
   * The value of the header of a name; of several the list that they are: RFC 9110, 5.3.
   *
   * @param from where the request begins now
   * @param name in lower case
   * @return null if there is none
   */
  String find(byte[] bytes, int from, String name) {
    byte[] wanted = Ascii.bytes(name);
    String found = null;
    int at = from + fields;
    int end = from + length - 2;
    while (at < end) {
      int colon = at;
      while (bytes[colon] != ':') {
        colon++;
      }
      int lineEnd = colon;
      while (bytes[lineEnd] != '\r') {
        lineEnd++;
      }
      if (Ascii.equals(bytes, at, colon, wanted)) {
        String value = Ascii.text(bytes, colon + 1, lineEnd).strip();
        found = found == null ? value : found + "," + value;
      }
      at = lineEnd + 2;
    }
    return found;
  }

  /** With the empty line. */
  int length() {
    return length;
  }

  /** RFC 9110, 10.1.1: of a client that speaks HTTP/1.0 none is heeded. */
  Expectation expectation() {
    return line.isOld() ? Expectation.NOTHING : expectation;
  }

  /** Whether the body is compressed, or otherwise not what its type says. */
  boolean isEncoded() {
    return encoded;
  }

  /** Whether another request may follow. */
  boolean keepAlive() {
    return !close && (keepAlive || !line.isOld());
  }

  /**
   * Reads the header line at a place.
   *
   * @return where the next one begins, or -1 if this is none
   */
  private int field(byte[] bytes, int at) {
    int colon = at;
    while (Ascii.isToken(bytes[colon])) {
      colon++;
    }
    int end = colon;
    while (Ascii.isValue(bytes[end])) {
      end++;
    }
    if (colon == at || bytes[colon] != ':' || bytes[end] != '\r' || bytes[end + 1] != '\n') {
      return -1;
    }
    int begin = colon + 1;
    int last = end;
    while (begin < last && Ascii.isSpace(bytes[begin])) {
      begin++;
    }
    while (begin < last && Ascii.isSpace(bytes[last - 1])) {
      last--;
    }
    return take(bytes, at, colon, begin, last) ? end + 2 : -1;
  }

  /** Takes note of a header that matters here; false if it makes the request unreadable. */
  private boolean take(byte[] bytes, int name, int colon, int from, int to) {
    if (Ascii.equals(bytes, name, colon, HOST)) {
      return framing.host(bytes, from, to);
    } else if (Ascii.equals(bytes, name, colon, CONTENT_LENGTH)) {
      return framing.length(bytes, from, to);
    } else if (Ascii.equals(bytes, name, colon, TRANSFER_ENCODING)) {
      return framing.encoding(bytes, from, to);
    } else if (Ascii.equals(bytes, name, colon, CONNECTION)) {
      connection(bytes, from, to);
    } else if (Ascii.equals(bytes, name, colon, CONTENT_TYPE)) {
      note(contentType, from, to);
    } else if (Ascii.equals(bytes, name, colon, CONTENT_ENCODING)) {
      encoded |= !Ascii.equals(bytes, from, to, IDENTITY);
    } else if (Ascii.equals(bytes, name, colon, TRACEPARENT)) {
      note(traceparent, from, to);
    } else if (Ascii.equals(bytes, name, colon, EXPECT)) {
      boolean known = Ascii.equals(bytes, from, to, CONTINUE);
      expectation = known ? Expectation.CONTINUE : Expectation.UNKNOWN;
    }
    return true;
  }

  /** The first of a name counts. */
  private void note(Place place, int from, int to) {
    if (!place.isSet()) {
      place.set(from - begin, to - begin);
    }
  }

  /** A list of words between commas. */
  private void connection(byte[] bytes, int from, int to) {
    int begin = from;
    for (int i = from; i <= to; i++) {
      if (i == to || bytes[i] == ',' || Ascii.isSpace(bytes[i])) {
        close |= Ascii.equals(bytes, begin, i, CLOSE);
        keepAlive |= Ascii.equals(bytes, begin, i, KEEP_ALIVE);
        begin = i + 1;
      }
    }
  }
}

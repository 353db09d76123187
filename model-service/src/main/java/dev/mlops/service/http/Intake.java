package dev.mlops.service.http;

/** Makes requests out of a connection's bytes, one after the other. */
final class Intake {
  private final Input input;
  private final Exchange exchange;
  private final HeadEnd headEnd = new HeadEnd();
  private final Chunks chunks = new Chunks();
  private boolean headed;
  private int length;
  private Fault fault;

  /** How far the next request has come. */
  enum Progress {
    NOTHING,
    /** Some of its head. */
    HEAD,
    /** All of its head; told once. The body, which may be empty, is looked at by the next call. */
    HEADED,
    /** Some of its body. */
    BODY,
    /** All of it: {@link #done} makes room for the next. */
    WHOLE,
    /** What has come is no request: {@link #fault} says why. There is no going on. */
    BROKEN
  }

  Intake(Input input, Exchange exchange) {
    this.input = input;
    this.exchange = exchange;
  }

  /** Goes on with what has come. */
  Progress read() {
    if (headed) {
      return exchange.head().framing().chunked() ? chunked() : counted();
    }
    return head();
  }

  Fault fault() {
    return fault;
  }

  /** The request is answered, and its bytes are used up. */
  void done() {
    input.skip(length);
    headed = false;
    headEnd.reset();
  }

  private Progress head() {
    skipEmptyLines();
    if (input.length() == 0) {
      return Progress.NOTHING;
    }
    int end = headEnd.find(input.bytes(), input.from(), input.to());
    if (end > 0) {
      return headed(end);
    }
    if (end == HeadEnd.NEVER) {
      return unreadable(headEnd.fault());
    }
    byte first = input.bytes()[input.from()];
    // Such as TLS, which would wait for our part of the handshake rather than send a line end.
    return Ascii.isToken(first) || first == '\r' ? Progress.HEAD : unreadable(Fault.BAD_REQUEST);
  }

  private Progress headed(int end) {
    Fault flaw = exchange.begin(end, System.nanoTime());
    if (flaw != null) {
      return broken(flaw);
    }
    headed = true;
    chunks.begin(end);
    return Progress.HEADED;
  }

  private Progress counted() {
    int head = exchange.head().length();
    long body = exchange.head().framing().length();
    if (input.length() - head < body) {
      return Progress.BODY;
    }
    return whole((int) body);
  }

  private Progress chunked() {
    chunks.read(input.bytes(), input.from(), input.to());
    if (chunks.fault() != null) {
      return broken(chunks.fault());
    }
    int body = chunks.contentTo() - exchange.head().length();
    if (body > Limits.BODY_BYTES) {
      return broken(Fault.BODY_TOO_LARGE);
    }
    input.cut(chunks.contentTo(), chunks.waste());
    chunks.cut();
    return chunks.isDone() ? whole(body) : Progress.BODY;
  }

  private Progress whole(int body) {
    exchange.whole(body);
    length = exchange.head().length() + body;
    return Progress.WHOLE;
  }

  private Progress unreadable(Fault why) {
    exchange.beginNone(System.nanoTime());
    return broken(why);
  }

  private Progress broken(Fault why) {
    fault = why;
    return Progress.BROKEN;
  }

  /** RFC 9112, 2.2: some clients send one behind a body. */
  private void skipEmptyLines() {
    byte[] bytes = input.bytes();
    while (input.length() >= 2 && bytes[input.from()] == '\r' && bytes[input.from() + 1] == '\n') {
      input.skip(2);
      headEnd.reset();
    }
  }
}

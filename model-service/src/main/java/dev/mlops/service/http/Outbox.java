package dev.mlops.service.http;

import dev.mlops.service.json.ByteSink;

/** Puts answers together, one behind the other. One per event loop. */
final class Outbox {
  private static final byte[] RETRY = Ascii.bytes("Retry-After: 1\r\n");
  // RFC 9110, 15.5.16: what would have been taken.
  private static final byte[] PLAIN = Ascii.bytes("Accept-Encoding: identity\r\n");
  private static final byte[] CLOSE = Ascii.bytes("Connection: close\r\n");
  private static final byte[] KEEP = Ascii.bytes("Connection: keep-alive\r\n");
  private static final byte[] TRACE = Ascii.bytes("traceresponse: ");
  private static final byte[] LINE_END = Ascii.bytes("\r\n");
  private static final byte[] LENGTH = Ascii.bytes("Content-Length: ");
  private static final byte[] END = Ascii.bytes("\r\n\r\n");
  private static final byte[] CONTINUE = Ascii.bytes("HTTP/1.1 100 Continue\r\n\r\n");

  private final ByteSink bytes = new ByteSink();

  /**
   * Adds an answer.
   *
   * @param date the Date header
   */
  void answer(
      Exchange exchange, Status status, Content content, byte[] body, int length, byte[] date) {
    bytes.append(status.line());
    bytes.append(content.lines());
    switch (status) {
      case UNAVAILABLE, TOO_MANY_REQUESTS -> bytes.append(RETRY);
      case UNSUPPORTED_MEDIA_TYPE -> bytes.append(PLAIN);
      case METHOD_NOT_ALLOWED -> bytes.append(exchange.route().allow());
      default -> {}
    }
    if (!exchange.keepAlive()) {
      bytes.append(CLOSE);
    } else if (exchange.isOld()) {
      bytes.append(KEEP);
    }
    if (exchange.trace() != null) {
      bytes.append(TRACE);
      bytes.append(Ascii.bytes(exchange.trace().context().header()));
      bytes.append(LINE_END);
    }
    bytes.append(date);
    bytes.append(LENGTH);
    bytes.append(length);
    bytes.append(END);
    if (exchange.verb() != Verb.HEAD) {
      bytes.append(body, 0, length);
    }
  }

  /** Tells the client to go on and send the body. */
  void goOn() {
    bytes.append(CONTINUE);
  }

  /** What has been put together since it was last cleared. */
  ByteSink bytes() {
    return bytes;
  }
}

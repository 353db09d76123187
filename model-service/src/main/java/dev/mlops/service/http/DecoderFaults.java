package dev.mlops.service.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;

/** What the HTTP decoder could not take, as an answer. */
final class DecoderFaults {
  private DecoderFaults() {}

  static Fault of(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException _ -> Fault.URI_TOO_LONG;
      case TooLongHttpHeaderException _ -> Fault.HEADERS_TOO_LARGE;
      default -> Fault.BAD_REQUEST;
    };
  }
}

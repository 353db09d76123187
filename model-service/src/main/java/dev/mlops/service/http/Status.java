package dev.mlops.service.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Every status that the service answers with. */
public enum Status {
  OK(200, "OK"),
  BAD_REQUEST(400, "Bad Request"),
  NOT_FOUND(404, "Not Found"),
  METHOD_NOT_ALLOWED(405, "Method Not Allowed"),
  REQUEST_TIMEOUT(408, "Request Timeout"),
  CONTENT_TOO_LARGE(413, "Content Too Large"),
  URI_TOO_LONG(414, "URI Too Long"),
  UNSUPPORTED_MEDIA_TYPE(415, "Unsupported Media Type"),
  EXPECTATION_FAILED(417, "Expectation Failed"),
  TOO_MANY_REQUESTS(429, "Too Many Requests"),
  HEADERS_TOO_LARGE(431, "Request Header Fields Too Large"),
  /** Never sent: what is counted when the client leaves before its request is complete. */
  CLIENT_LEFT(499, "Client Left"),
  INTERNAL_ERROR(500, "Internal Server Error"),
  UNAVAILABLE(503, "Service Unavailable"),
  VERSION_NOT_SUPPORTED(505, "HTTP Version Not Supported");

  static final int COUNT = values().length;

  private final int code;

  @SuppressWarnings("ImmutableEnumChecker") // nobody writes to it
  private final byte[] line;

  Status(int code, String reason) {
    this.code = code;
    this.line = ("HTTP/1.1 " + code + " " + reason + "\r\n").getBytes(US_ASCII);
  }

  public int code() {
    return code;
  }

  /** The status line, with its end. */
  byte[] line() {
    return line;
  }

  /** Its place among counters. */
  @SuppressWarnings("EnumOrdinal") // never leaves the process
  int index() {
    return ordinal();
  }
}

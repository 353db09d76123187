package dev.mlops.service.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A request, as it goes over the wire, and the status that it has to get. */
record Case(String request, int status) {
  private static final String TRACED =
      "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\n";

  static Case get(String path, int status) {
    return get(path, "", status);
  }

  /**
   * @param headers each with its line end
   */
  static Case get(String path, String headers, int status) {
    return new Case("GET " + path + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n", status);
  }

  /** Of JSON, and traced. */
  static Case post(String path, String body, int status) {
    return post(path, "Content-Type: application/json\r\n" + TRACED, body, status);
  }

  static Case post(String path, String headers, String body, int status) {
    int length = body.getBytes(UTF_8).length;
    return new Case(
        "POST %s HTTP/1.1\r\nHost: x\r\n%sContent-Length: %d\r\n\r\n%s"
            .formatted(path, headers, length, body),
        status);
  }
}

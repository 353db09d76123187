package dev.mlops.service.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** The kinds of body that answers have, as their header lines. */
enum Content {
  JSON("application/json"),
  METRICS("text/plain; version=0.0.4; charset=utf-8");

  @SuppressWarnings("ImmutableEnumChecker") // nobody writes to it
  private final byte[] lines;

  Content(String type) {
    lines =
        ("Content-Type: "
                + type
                + "\r\nX-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n")
            .getBytes(US_ASCII);
  }

  byte[] lines() {
    return lines;
  }
}

package dev.mlops.service.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** A kind of body that answers have, as its header lines. */
public final class Content {
  public static final Content JSON = of("application/json");
  public static final Content METRICS = of("text/plain; version=0.0.4; charset=utf-8");

  public static final Content OPEN_METRICS =
      of("application/openmetrics-text; version=1.0.0; charset=utf-8");

  private final byte[] lines;

  private Content(byte[] lines) {
    this.lines = lines;
  }

  /**
   * @param type value of the Content-Type
   * @param more whole header lines, without their ends
   */
  public static Content of(String type, String... more) {
    String lines = "Content-Type: " + type + "\r\nX-Content-Type-Options: nosniff\r\n";
    lines += "Cache-Control: no-store\r\n";
    for (String line : more) {
      lines += line + "\r\n";
    }
    return new Content(lines.getBytes(US_ASCII));
  }

  byte[] lines() {
    return lines;
  }
}

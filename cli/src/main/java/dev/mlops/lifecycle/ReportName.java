package dev.mlops.lifecycle;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What a report is called: by the time in UTC, as reports themselves have it, and so in order. */
final class ReportName {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private ReportName() {}

  /**
   * @param what such as {@code loadtest}
   */
  static String of(String what, Instant at) {
    return what + "-" + TIME.format(at);
  }
}

package dev.mlops.service.telemetry;

import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Which trace a request belongs to: <a href="https://www.w3.org/TR/trace-context/">W3C trace
 * context</a>.
 *
 * @param traceId 32 lower-case hexadecimal digits, not all zero
 * @param spanId 16 of them: the caller's span, or one made
 */
public record TraceContext(String traceId, String spanId, boolean sampled) {
  private static final int LENGTH = 55;
  private static final HexFormat HEX = HexFormat.of();

  /** The context of a {@code traceparent} header; none if it breaks the grammar in any way. */
  public static Optional<TraceContext> parse(String header) {
    if (header.length() < LENGTH
        || header.charAt(2) != '-'
        || header.charAt(35) != '-'
        || header.charAt(52) != '-'
        || !isHex(header, 0, 2)
        || !isHex(header, 3, 35)
        || !isHex(header, 36, 52)
        || !isHex(header, 53, LENGTH)
        || !isVersion(header)
        || isZero(header, 3, 35)
        || isZero(header, 36, 52)) {
      return Optional.empty();
    }
    boolean sampled = (HexFormat.fromHexDigit(header.charAt(54)) & 1) == 1;
    return Optional.of(
        new TraceContext(header.substring(3, 35), header.substring(36, 52), sampled));
  }

  /** A context for a request that came without one. */
  public static TraceContext make(RandomGenerator random, boolean sampled) {
    String trace = HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong() | 1);
    return new TraceContext(trace, spanId(random), sampled);
  }

  /** A new one. */
  public static String spanId(RandomGenerator random) {
    return HEX.toHexDigits(random.nextLong() | 1);
  }

  /** As a header that answers a request: the trace it became a part of, and its span there. */
  public String header() {
    return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
  }

  /** Version 00 ends here; a later one may go on after a hyphen; ff is forbidden. */
  private static boolean isVersion(String header) {
    if (header.startsWith("00")) {
      return header.length() == LENGTH;
    }
    return !header.startsWith("ff") && (header.length() == LENGTH || header.charAt(LENGTH) == '-');
  }

  private static boolean isHex(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      if (!digit && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isZero(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) != '0') {
        return false;
      }
    }
    return true;
  }
}

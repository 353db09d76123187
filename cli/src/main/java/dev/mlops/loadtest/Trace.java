package dev.mlops.loadtest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Trace contexts as W3C's Trace Context has them: {@code 00-<trace>-<span>-<flags>}. */
final class Trace {
  static final String PLACE = "00-" + "0".repeat(32) + "-" + "0".repeat(16) + "-00";

  private static final byte[] DIGITS = "0123456789abcdef".getBytes(US_ASCII);
  private static final int TRACE_AT = 3;
  private static final int SPAN_AT = 36;
  private static final int FLAG_AT = 54;

  private Trace() {}

  /** Over {@link #PLACE}. */
  static void write(Call call, ByteBuffer to, int at) {
    hex(call.traceHigh(), to, at + TRACE_AT);
    hex(call.traceLow(), to, at + TRACE_AT + 16);
    hex(call.traceLow(), to, at + SPAN_AT);
    to.put(at + FLAG_AT, (byte) (call.sampled() ? '1' : '0'));
  }

  private static void hex(long value, ByteBuffer to, int at) {
    for (int i = 0; i < 16; i++) {
      to.put(at + i, DIGITS[(int) (value >>> (60 - 4 * i)) & 0xf]);
    }
  }

  static String id(long high, long low) {
    return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
  }
}

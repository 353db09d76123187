package dev.mlops.service.json;

import java.util.Arrays;

/** Bytes that grow at their end and are used again for the next answer. */
public final class ByteSink {
  private static final int KEPT = 256 * 1024;

  // Double.toString would make a string for every number.
  private final StringBuilder digits = new StringBuilder(32);
  private byte[] bytes = new byte[1024];
  private int length;

  /** Empties it; memory that one big answer needed is given back. */
  public void clear() {
    length = 0;
    if (bytes.length > KEPT) {
      bytes = new byte[1024];
    }
  }

  public byte[] array() {
    return bytes;
  }

  public int length() {
    return length;
  }

  public void append(byte one) {
    ensure(1);
    bytes[length++] = one;
  }

  public void append(byte[] more) {
    append(more, 0, more.length);
  }

  public void append(byte[] more, int from, int count) {
    ensure(count);
    System.arraycopy(more, from, bytes, length, count);
    length += count;
  }

  public void append(int number) {
    digits.setLength(0);
    digits.append(number);
    appendDigits();
  }

  /** The shortest decimal that reads back as the same double; it has to be finite. */
  public void append(double number) {
    digits.setLength(0);
    digits.append(number);
    appendDigits();
  }

  private void appendDigits() {
    int count = digits.length();
    ensure(count);
    for (int i = 0; i < count; i++) {
      bytes[length + i] = (byte) digits.charAt(i);
    }
    length += count;
  }

  private void ensure(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
    }
  }
}

package dev.mlops.service.predict;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/** Bytes that grow at their end and are used again for the next answer. */
public final class ByteSink {
  private static final int KEPT = 256 * 1024;

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

  void append(byte one) {
    ensure(1);
    bytes[length++] = one;
  }

  void append(byte[] more) {
    ensure(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
  }

  void append(int number) {
    append(Integer.toString(number).getBytes(US_ASCII));
  }

  /** The shortest decimal that reads back as the same double; it has to be finite. */
  void append(double number) {
    String digits = Double.toString(number);
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

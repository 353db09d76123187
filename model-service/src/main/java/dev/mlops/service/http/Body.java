package dev.mlops.service.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** A request body that came in more than one piece. */
final class Body {
  private static final int FIRST = 4096;
  private static final byte[] NONE = {};

  private final Budget budget;
  private byte[] bytes = NONE;
  private int length;

  /** How much memory the bodies of one event loop may take together. */
  static final class Budget {
    private int left;

    Budget(int bytes) {
      left = bytes;
    }

    private boolean take(int bytes) {
      if (bytes > left) {
        return false;
      }
      left -= bytes;
      return true;
    }

    private void give(int bytes) {
      left += bytes;
    }
  }

  Body(Budget budget) {
    this.budget = budget;
  }

  /**
   * Adds a piece.
   *
   * @return false if the budget has no room for it
   */
  boolean add(ByteBuf piece) {
    int size = piece.readableBytes();
    if (length + size > bytes.length && !grow(length + size)) {
      return false;
    }
    piece.readBytes(bytes, length, size);
    length += size;
    return true;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** Empties it and gives its memory back. */
  void release() {
    budget.give(bytes.length);
    bytes = NONE;
    length = 0;
  }

  private boolean grow(int needed) {
    int size = Math.max(needed, Math.max(FIRST, 2 * bytes.length));
    if (!budget.take(size - bytes.length)) {
      return false;
    }
    bytes = Arrays.copyOf(bytes, size);
    return true;
  }
}

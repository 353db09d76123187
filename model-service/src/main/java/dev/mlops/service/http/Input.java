package dev.mlops.service.http;

import java.util.Arrays;

/**
 * The bytes of one connection that have come and are not yet used up. A request that comes in one
 * piece is read where the event loop put it; only what has to wait for more is copied into memory
 * of the connection's own.
 */
final class Input {
  private static final int FIRST = 2048;
  private static final byte[] NONE = {};

  private final Budget budget;
  private byte[] bytes = NONE;
  private int from;
  private int to;
  private boolean own;

  Input(Budget budget) {
    this.budget = budget;
  }

  /**
   * Adds what has come. If there was nothing, the array itself is used until {@link #keep}.
   *
   * @return false if the budget has no room for it
   */
  boolean add(byte[] more, int length) {
    if (!own) {
      bytes = more;
      from = 0;
      to = length;
      return true;
    }
    if (to + length > bytes.length && !makeRoom(length)) {
      return false;
    }
    System.arraycopy(more, 0, bytes, to, length);
    to += length;
    return true;
  }

  /**
   * Moves what is left into memory that lasts.
   *
   * @return false if the budget has no room for it
   */
  boolean keep() {
    if (from == to) {
      release();
      return true;
    }
    if (own) {
      return true;
    }
    int size = Math.max(FIRST, to - from);
    if (!budget.take(size)) {
      release();
      return false;
    }
    byte[] kept = new byte[size];
    System.arraycopy(bytes, from, kept, 0, to - from);
    bytes = kept;
    to -= from;
    from = 0;
    own = true;
    return true;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Where in {@link #bytes()} what is left begins. */
  int from() {
    return from;
  }

  /** Where it ends. */
  int to() {
    return to;
  }

  int length() {
    return to - from;
  }

  /** How much memory it has of its own. */
  int held() {
    return own ? bytes.length : 0;
  }

  /** Uses up some of what is left. */
  void skip(int count) {
    from += count;
  }

  /**
   * Takes some of what is left out of its midst.
   *
   * @param place counted from {@link #from()}
   */
  void cut(int place, int count) {
    int begin = from + place;
    System.arraycopy(bytes, begin + count, bytes, begin, to - begin - count);
    to -= count;
  }

  /** Forgets all of it. */
  void release() {
    if (own) {
      budget.give(bytes.length);
    }
    bytes = NONE;
    from = 0;
    to = 0;
    own = false;
  }

  private boolean makeRoom(int more) {
    int needed = to - from + more;
    if (needed > bytes.length) {
      int size = Math.max(needed, 2 * bytes.length);
      if (!budget.take(size - bytes.length)) {
        return false;
      }
      bytes = Arrays.copyOfRange(bytes, from, from + size);
    } else {
      System.arraycopy(bytes, from, bytes, 0, to - from);
    }
    to -= from;
    from = 0;
    return true;
  }
}

package dev.mlops.loadtest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * Tells which of a few known words goes by, byte by byte and whatever its case, without keeping the
 * bytes.
 */
final class Words {
  /** No known word. */
  static final int NONE = -1;

  private final byte[][] words;

  /**
   * @param words in lower case; at most 31
   */
  Words(String... words) {
    this.words = Arrays.stream(words).map(word -> word.getBytes(US_ASCII)).toArray(byte[][]::new);
  }

  /** One word going by; reused for the next. */
  final class Match {
    private int alive;
    private int length;

    void start() {
      alive = (1 << words.length) - 1;
      length = 0;
    }

    void add(byte b) {
      int lower = b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
      for (int rest = alive; rest != 0; rest &= rest - 1) {
        byte[] word = words[Integer.numberOfTrailingZeros(rest)];
        if (length >= word.length || word[length] != lower) {
          alive &= ~Integer.lowestOneBit(rest);
        }
      }
      length++;
    }

    /** The index of the word that went by, or {@link #NONE}. */
    int word() {
      for (int i = 0; i < words.length; i++) {
        if ((alive & (1 << i)) != 0 && words[i].length == length) {
          return i;
        }
      }
      return NONE;
    }

    /** Whether it may still become one of the words. */
    boolean isPossible() {
      return alive != 0;
    }

    boolean isEmpty() {
      return length == 0;
    }
  }
}

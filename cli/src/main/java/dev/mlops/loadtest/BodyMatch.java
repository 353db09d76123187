package dev.mlops.loadtest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** Looks for a text in bytes that come in pieces, without keeping them (Knuth, Morris, Pratt). */
final class BodyMatch {
  private final byte[] text;
  private final int[] fallBack;

  BodyMatch(String text) {
    this.text = text.getBytes(UTF_8);
    this.fallBack = new int[this.text.length];
    for (int i = 1, matched = 0; i < this.text.length; i++) {
      matched = next(matched, this.text[i]);
      fallBack[i] = matched;
    }
  }

  /** How much of the text is matched after one more byte. */
  private int next(int matched, byte b) {
    int state = matched;
    while (state > 0 && text[state] != b) {
      state = fallBack[state - 1];
    }
    return text[state] == b ? state + 1 : state;
  }

  /**
   * Goes on through a piece.
   *
   * @param matched what the call before returned; 0 at the beginning
   * @return to be handed to the next call; {@link #found} tells what it means
   */
  int search(int matched, ByteBuffer in, int from, int to) {
    int state = matched;
    for (int i = from; i < to && state < text.length; i++) {
      state = next(state, in.get(i));
    }
    return state;
  }

  boolean found(int matched) {
    return matched == text.length;
  }
}

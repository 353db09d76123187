package dev.mlops.service.predict;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.List;

/** The places of words in a list, found by their bytes. Only words of plain ASCII are found. */
final class Words {
  private static final int NONE = -1;

  private final byte[][] words;
  // A power of two, at most half full; a word's place stands at its hash or soon behind it.
  private final int[] table;

  Words(List<String> list) {
    words = list.stream().map(Words::bytes).toArray(byte[][]::new);
    table = new int[Integer.highestOneBit(Math.max(1, words.length)) * 4];
    Arrays.fill(table, NONE);
    for (int i = 0; i < words.length; i++) {
      if (words[i].length > 0) {
        table[slot(words[i], 0, words[i].length)] = i;
      }
    }
  }

  /** The place of the word, or -1. */
  int find(byte[] bytes, int from, int to) {
    return table[slot(bytes, from, to)];
  }

  /** Whether the word at a place is this one. */
  boolean isAt(int place, byte[] bytes, int from, int to) {
    byte[] word = words[place];
    return Arrays.equals(word, 0, word.length, bytes, from, to);
  }

  private int slot(byte[] bytes, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    int slot = (hash ^ hash >>> 15) & table.length - 1;
    while (table[slot] != NONE && !isAt(table[slot], bytes, from, to)) {
      slot = slot + 1 & table.length - 1;
    }
    return slot;
  }

  /** None for a word that JSON may have to escape, or that is not ASCII. */
  private static byte[] bytes(String word) {
    boolean plain = word.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '"' && c != '\\');
    return plain ? word.getBytes(US_ASCII) : new byte[0];
  }
}

package dev.mlops.service.http;

import java.util.Arrays;

/** The request method, as far as the service tells them apart. */
public enum Verb {
  POST,
  GET,
  HEAD,
  PUT,
  PATCH,
  DELETE,
  OPTIONS,
  /** Any other word: clients may not make labels of their own. */
  OTHER;

  private static final Verb[] ALL = values();

  static final int COUNT = ALL.length;

  @SuppressWarnings("ImmutableEnumChecker") // nobody writes to it
  private final byte[] name = Ascii.bytes(name());

  /** Its place among counters. */
  @SuppressWarnings("EnumOrdinal") // never leaves the process
  int index() {
    return ordinal();
  }

  static Verb of(byte[] bytes, int from, int to) {
    for (Verb verb : ALL) {
      if (Arrays.equals(bytes, from, to, verb.name, 0, verb.name.length)) {
        return verb;
      }
    }
    return OTHER;
  }
}

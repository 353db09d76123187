package dev.mlops.service.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** What a path leads to. */
enum Route {
  PREDICT("POST"),
  LIVE("GET, HEAD"),
  READY("GET, HEAD"),
  METRICS("GET, HEAD"),
  UNKNOWN("");

  static final int COUNT = values().length;

  @SuppressWarnings("ImmutableEnumChecker") // nobody writes to it
  private final byte[] allow;

  Route(String allow) {
    this.allow = ("Allow: " + allow + "\r\n").getBytes(US_ASCII);
  }

  /** The Allow header, with its end. */
  byte[] allow() {
    return allow;
  }

  /** Its place among counters. */
  @SuppressWarnings("EnumOrdinal") // never leaves the process
  int index() {
    return ordinal();
  }

  boolean allows(Verb verb) {
    return switch (this) {
      case PREDICT -> verb == Verb.POST;
      case LIVE, READY, METRICS -> verb == Verb.GET || verb == Verb.HEAD;
      case UNKNOWN -> true;
    };
  }

  /** Asked by machines every few seconds: not worth a line in the log. */
  boolean isHealth() {
    return this == LIVE || this == READY;
  }
}

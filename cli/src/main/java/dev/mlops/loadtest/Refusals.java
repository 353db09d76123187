package dev.mlops.loadtest;

/** What a target has said to one user about sending less: 429 and 503 (RFC 9110, 10.2.3). */
final class Refusals {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;
  private static final long SECOND = 1_000_000_000L;

  private int inRow;
  private long until = Long.MIN_VALUE;

  /**
   * Takes note of an answer.
   *
   * @param expected whether the plan calls its status good: then nothing is refused
   * @return whether it asks to wait: a 429, or a 503 with Retry-After
   */
  boolean answered(ResponseParser response, long now, boolean expected) {
    long seconds = response.retryAfterSeconds();
    boolean asks =
        !expected
            && (response.status() == TOO_MANY_REQUESTS
                || (response.status() == UNAVAILABLE && seconds >= 0));
    inRow = asks ? inRow + 1 : 0;
    if (asks) {
      until = now + (seconds >= 0 ? seconds * SECOND : Pauses.backOff(inRow));
    }
    return asks;
  }

  /** Whether the last answer was one. */
  boolean some() {
    return inRow > 0;
  }

  /** The first moment at which the user may send again. */
  long until() {
    return until;
  }
}

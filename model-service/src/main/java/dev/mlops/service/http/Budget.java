package dev.mlops.service.http;

import java.util.function.IntPredicate;

/**
 * How much memory the connections of one event loop may take together: for requests that arrive,
 * and for answers that nobody takes.
 */
final class Budget {
  private int left;
  private IntPredicate shed = _ -> false;

  Budget(int bytes) {
    left = bytes;
  }

  /**
   * Lets somebody else give back some where it is short.
   *
   * @param other frees at least so many bytes, or says false
   */
  void shedBy(IntPredicate other) {
    shed = other;
  }

  boolean take(int bytes) {
    if (bytes > left && !shed.test(bytes)) {
      return false;
    }
    left -= bytes;
    return true;
  }

  void give(int bytes) {
    left += bytes;
  }
}

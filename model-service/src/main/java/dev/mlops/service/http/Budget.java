package dev.mlops.service.http;

/** How much memory the requests of one event loop may take together while they arrive. */
final class Budget {
  private int left;

  Budget(int bytes) {
    left = bytes;
  }

  boolean take(int bytes) {
    if (bytes > left) {
      return false;
    }
    left -= bytes;
    return true;
  }

  void give(int bytes) {
    left += bytes;
  }
}

package dev.mlops.service.http;

/** Where a value stands, counted from where its request begins. */
final class Place {
  private int from;
  private int to;

  void clear() {
    from = 0;
    to = 0;
  }

  void set(int begin, int end) {
    from = begin;
    to = end;
  }

  /** Nothing stands where the request begins but its method. */
  boolean isSet() {
    return to > 0;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  /**
   * The text that stands there.
   *
   * @param begin where the request begins
   * @return null if the place is not set
   */
  String text(byte[] bytes, int begin) {
    return isSet() ? Ascii.text(bytes, begin + from, begin + to) : null;
  }
}

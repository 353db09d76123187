package dev.mlops.loadtest;

/** Moments, first in, first out, without an object for each. */
final class MomentQueue {
  private long[] moments = new long[1_024];
  private int head;
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  long first() {
    return moments[head];
  }

  void add(long moment) {
    if (size == moments.length) {
      grow();
    }
    moments[(head + size) & (moments.length - 1)] = moment;
    size++;
  }

  long remove() {
    long first = moments[head];
    head = (head + 1) & (moments.length - 1);
    size--;
    return first;
  }

  private void grow() {
    long[] larger = new long[2 * size];
    System.arraycopy(moments, head, larger, 0, size - head);
    System.arraycopy(moments, 0, larger, size - head, head);
    moments = larger;
    head = 0;
  }
}

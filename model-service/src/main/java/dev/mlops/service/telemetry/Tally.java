package dev.mlops.service.telemetry;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counters that one thread adds to and any thread may read. A plain read and an ordered write per
 * addition: no locked instruction on the way of a request.
 */
public final class Tally {
  private final AtomicLongArray counts;

  public Tally(int size) {
    counts = new AtomicLongArray(size);
  }

  /** For the one thread that writes. */
  public void add(int index, long amount) {
    counts.setRelease(index, counts.getPlain(index) + amount);
  }

  public long get(int index) {
    return counts.getAcquire(index);
  }

  public int size() {
    return counts.length();
  }

  /** The sum of the tallies, counter by counter; they are all of the same size. */
  public static long[] sum(Iterable<Tally> tallies, int size) {
    long[] sums = new long[size];
    for (Tally tally : tallies) {
      for (int i = 0; i < size; i++) {
        sums[i] += tally.get(i);
      }
    }
    return sums;
  }
}

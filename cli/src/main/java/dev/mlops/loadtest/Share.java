package dev.mlops.loadtest;

/**
 * A loop's part of the whole load: every {@code of}-th user or request from {@code index} on.
 *
 * @param index from 0
 * @param of all loops of all workers
 */
record Share(int index, int of) {
  /** How many of these many are its own. */
  int countOf(long all) {
    return Math.clamp((all - index + of - 1) / of, 0, Integer.MAX_VALUE);
  }

  /** The share of one loop of this worker. */
  Share split(int loop, int loops) {
    return new Share(index * loops + loop, of * loops);
  }
}

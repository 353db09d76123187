package dev.mlops.loadtest;

/** The moments of an open load, of one loop's share, in their order. */
interface Arrivals {
  /** The next one; {@link WaitQueue#NEVER} if there is none. */
  long next();

  /** Goes on to the one after it. */
  void take();

  /** As they were recorded. */
  final class Recorded implements Arrivals {
    private final ArrivalFile file;
    private final long start;
    private final int step;
    private int index;

    Recorded(ArrivalFile file, long start, Share share) {
      this.file = file;
      this.start = start;
      this.index = share.index();
      this.step = share.of();
    }

    @Override
    public long next() {
      return index < file.count() ? start + file.nanos(index) : WaitQueue.NEVER;
    }

    @Override
    public void take() {
      index += step;
    }
  }
}

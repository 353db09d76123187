package dev.mlops.service.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * Requests of one event loop that have come whole and wait for their turn. Where work is heavy, a
 * loop does some milliseconds of it and then looks at its sockets again: so checks are answered and
 * what there will be no time for is refused at once, while work that was taken waits.
 */
final class Backlog {
  /** So often in the longest wait a loop looks at its sockets: every 2 ms of 250. */
  private static final int LOOKS = 125;

  /** So often where looking itself takes long, as it does when very many are refused: 62 ms. */
  private static final int FEWEST_LOOKS = 4;

  /** Work gets so many times as long as the look before it took. */
  private static final int WORK_FOR_LOOK = 12;

  /**
   * Where a request costs less, refusing it is no cheaper than answering: then none has to wait.
   */
  private static final double HEAVY_NANOS = 50_000;

  private static final double WEIGHT = 1.0 / 8;

  /** One that the system took the CPU from says little about the next. */
  private static final double MOST_OF_MEAN = 8;

  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final long longest;
  private final double heavy;
  private final LongSupplier clock;
  private final long slice;
  private double cost;
  private long wokenAt;
  private boolean looking;
  private long workedInLook;

  /** A request that waits. */
  interface Turn {
    /**
     * @param inTime whether there still is time for it
     */
    void come(boolean inTime);
  }

  private record Waiting(Turn turn, long since) {}

  private Backlog(long longest, double heavy, LongSupplier clock) {
    this.longest = longest;
    this.heavy = heavy;
    this.slice = longest / LOOKS;
    this.clock = clock;
  }

  /**
   * Of predictions, which wait only where they are heavy.
   *
   * @param longest nanoseconds for which a request that is taken may have to wait
   * @param clock {@link System#nanoTime}
   */
  static Backlog ofWork(long longest, LongSupplier clock) {
    return new Backlog(longest, HEAVY_NANOS, clock);
  }

  /** Of pages, whatever they cost: no client can have so many that others are kept waiting. */
  static Backlog ofPages(long longest, LongSupplier clock) {
    return new Backlog(longest, 0, clock);
  }

  /** Events have come, of which this is the time. */
  void woken(long now) {
    wokenAt = now;
    looking = true;
    workedInLook = 0;
  }

  /** Whether what begins now would wait for too long. */
  boolean isFull(long now) {
    return now - wokenAt > longest || waiting.size() * cost > longest;
  }

  /** Whether a request that is whole has to wait for its turn. */
  boolean isAhead(long now) {
    return !waiting.isEmpty() || (cost >= heavy && now - wokenAt > slice);
  }

  /** The time, which is this one if it was taken since the events came. */
  long now(long recent) {
    return recent - wokenAt >= 0 ? recent : clock.getAsLong();
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  void add(Turn turn) {
    waiting.add(new Waiting(turn, clock.getAsLong()));
  }

  /** A request was answered by so many nanoseconds of work. */
  void worked(long nanos) {
    workedInLook += nanos;
    cost += (Math.min((double) nanos, Math.max(HEAVY_NANOS, MOST_OF_MEAN * cost)) - cost) * WEIGHT;
  }

  /** Works for a slice of time: a longer one if looking for more has taken long. */
  void work() {
    long looked = looking ? clock.getAsLong() - wokenAt - workedInLook : 0;
    work(Math.clamp(looked * WORK_FOR_LOOK, slice, longest / FEWEST_LOOKS));
  }

  /** Does what has waited longest. */
  void workOnce() {
    work(0);
  }

  private void work(long most) {
    looking = false;
    if (waiting.isEmpty()) {
      return;
    }
    long now = clock.getAsLong();
    long end = now + most;
    do {
      Waiting next = waiting.remove();
      next.turn().come(now - next.since() <= 2 * longest);
      now = clock.getAsLong();
    } while (!waiting.isEmpty() && now - end < 0);
    // More was taken than there is time for, while the work was thought lighter: the last has the
    // longest to wait.
    while (waiting.size() * cost > 2 * longest) {
      waiting.removeLast().turn().come(false);
    }
  }
}

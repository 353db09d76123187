package dev.mlops.loadtest;

import java.util.List;
import java.util.SplittableRandom;

/** Draws when a user sends again. */
final class Pauses {
  private static final long FIRST_BACK_OFF = 100_000_000;
  private static final int MOST_DOUBLINGS = 4;

  private final long[] shortest;
  private final long[] spread;
  private final boolean[] pacing;
  private final SplittableRandom random;

  /**
   * @param tasks each with a think time of its own, or with the usual wait
   */
  Pauses(List<Task> tasks, Wait usual, long seed) {
    this.shortest = new long[tasks.size()];
    this.spread = new long[tasks.size()];
    this.pacing = new boolean[tasks.size()];
    this.random = new SplittableRandom(seed);
    for (int i = 0; i < tasks.size(); i++) {
      Wait wait = tasks.get(i).think().orElse(usual);
      shortest[i] = wait.min().toNanos();
      spread[i] = wait.max().toNanos() - shortest[i];
      pacing[i] = wait.pacing();
    }
  }

  /**
   * The moment of the user's next request, which may have passed already if a pace is to be kept.
   */
  long next(User user, long now) {
    int task = user.call.task();
    long pause = shortest[task] + (spread[task] == 0 ? 0 : random.nextLong(spread[task] + 1));
    int inVain = user.connection.inVain();
    if (inVain > 0) {
      return now + Math.max(pause, backOff(inVain));
    }
    long next = pacing[task] ? user.call.intended() + pause : now + pause;
    return user.refusals.some() ? Math.max(next, user.refusals.until()) : next;
  }

  /**
   * A target that takes no connections, or ends them at once, is not hammered.
   *
   * @param inRow how often in a row it did so; at least 1
   */
  static long backOff(int inRow) {
    return FIRST_BACK_OFF << Math.min(inRow - 1, MOST_DOUBLINGS);
  }
}

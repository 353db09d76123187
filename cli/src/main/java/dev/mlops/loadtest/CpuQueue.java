package dev.mlops.loadtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How long a thread has waited for a CPU although it had work, by Linux's account of it (<a
 * href="https://docs.kernel.org/scheduler/sched-stats.html">schedstat</a>). What comes in meanwhile
 * is read late, and seems to have taken longer than it did.
 */
final class CpuQueue {
  /**
   * @param nanos waited in all
   * @param turns how often the thread got a CPU
   */
  record Wait(long nanos, long turns) {
    static final Wait NONE = new Wait(0, 0);

    Wait plus(Wait other) {
      return new Wait(nanos + other.nanos, turns + other.turns);
    }

    Wait minus(Wait before) {
      return new Wait(nanos - before.nanos, turns - before.turns);
    }

    double millisPerTurn() {
      return turns <= 0 ? 0 : nanos / 1e6 / turns;
    }
  }

  private final Optional<Path> source;

  private CpuQueue(Optional<Path> source) {
    this.source = source;
  }

  /** Of the calling thread. Knows nothing where the system keeps no such account. */
  static CpuQueue ofThisThread() {
    try {
      Path thread = Path.of("/proc/thread-self").toRealPath();
      return new CpuQueue(Optional.of(thread.resolve("schedstat")).filter(Files::isReadable));
    } catch (IOException e) {
      return new CpuQueue(Optional.empty());
    }
  }

  /** Since the thread's beginning. */
  Wait read() {
    try {
      return source.isEmpty() ? Wait.NONE : parse(Files.readString(source.get()));
    } catch (IOException e) {
      return Wait.NONE; // The thread has ended.
    }
  }

  /**
   * @param text such as {@code 1830000 21000 12}: time on a CPU, time waited for one, turns
   */
  static Wait parse(String text) {
    String[] fields = text.strip().split("\\s+", -1);
    return fields.length < 3
        ? Wait.NONE
        : new Wait(Long.parseLong(fields[1]), Long.parseLong(fields[2]));
  }
}

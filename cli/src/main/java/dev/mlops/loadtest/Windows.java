package dev.mlops.loadtest;

import java.util.Optional;
import java.util.OptionalDouble;

/** Holds one gate against each window of the measured time; keeps the worst. */
final class Windows {
  private final Gate gate;
  private final Optional<Integer> task;
  private final double length;
  private final Interval now = new Interval();
  private double seconds;
  private long index;
  private OptionalDouble worst = OptionalDouble.empty();
  private boolean failed;

  /**
   * @param task its index; absent: all together
   * @param length seconds
   */
  Windows(Gate gate, Optional<Integer> task, double length) {
    this.gate = gate;
    this.task = task;
    this.length = length;
  }

  Gate gate() {
    return gate;
  }

  /** Whether a window has missed it. */
  boolean failed() {
    return failed;
  }

  /**
   * A stretch counts for the window in which it begins.
   *
   * @param from seconds since the beginning of the measured time
   */
  void add(Measurement stretch, double from) {
    long window = (long) Math.floor(from / length + 1e-6);
    if (window != index) {
      close();
      index = window;
    }
    now.add(task.map(stretch.tasks()::get).orElseGet(stretch::total));
    seconds += stretch.seconds();
  }

  private void close() {
    OptionalDouble value = gate.value(Measured.of(now, seconds));
    worst = gate.worse(worst, value);
    failed |= !gate.judged(value).passed();
    now.clear();
    seconds = 0;
  }

  /**
   * The worst of all. What is left after the last whole window is one too, if it is at least half
   * as long, or the only one.
   */
  OptionalDouble finish(Measurement all) {
    if (seconds >= length / 2) {
      close();
    }
    return worst.isPresent() ? worst : gate.value(all.of(gate));
  }
}

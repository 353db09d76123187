package dev.mlops.platform.local;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/**
 * How many requests came in per second on average over the last {@value #WINDOW_SAMPLES} samples.
 */
final class RequestMeter {
  static final int WINDOW_SAMPLES = 5;

  private record Sample(long atNanos, long requests) {}

  private final LongSupplier requests;
  private final LongSupplier clock;
  private final Deque<Sample> samples = new ArrayDeque<>();

  /**
   * @param requests how many so far
   * @param clock nanoseconds
   */
  RequestMeter(LongSupplier requests, LongSupplier clock) {
    this.requests = requests;
    this.clock = clock;
  }

  void sample() {
    samples.addLast(new Sample(clock.getAsLong(), requests.getAsLong()));
    if (samples.size() > WINDOW_SAMPLES + 1) {
      samples.removeFirst();
    }
  }

  /** Absent until the window is full. */
  OptionalDouble perSecond() {
    if (samples.size() <= WINDOW_SAMPLES) {
      return OptionalDouble.empty();
    }
    Sample first = samples.getFirst();
    Sample last = samples.getLast();
    double seconds = (last.atNanos() - first.atNanos()) / 1e9;
    return OptionalDouble.of((last.requests() - first.requests()) / seconds);
  }
}

package dev.mlops.platform.local;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * How much of a core each replica used on average over the last {@value #WINDOW_SAMPLES} samples. A
 * replica counts once the window is full, so that the burst of its start does not.
 */
final class CpuMeter {
  static final int WINDOW_SAMPLES = 5;

  private record Sample(long atNanos, Duration used) {}

  private final Map<Long, Deque<Sample>> byPid = new HashMap<>();

  /** Takes a sample of each ready replica's process; the others are forgotten. */
  void sample(List<ProcessHandle> processes) {
    byPid.keySet().retainAll(processes.stream().map(ProcessHandle::pid).toList());
    for (ProcessHandle process : processes) {
      Deque<Sample> samples = byPid.computeIfAbsent(process.pid(), _ -> new ArrayDeque<>());
      samples.addLast(new Sample(System.nanoTime(), used(process)));
      if (samples.size() > WINDOW_SAMPLES + 1) {
        samples.removeFirst();
      }
    }
  }

  /** Cores used, one value for each replica whose window is full. */
  List<Double> cores() {
    return byPid.values().stream()
        .filter(samples -> samples.size() > WINDOW_SAMPLES)
        .map(CpuMeter::cores)
        .toList();
  }

  /** Average use in percent of the request; absent while no window is full. */
  OptionalDouble percentOf(long requestMilli) {
    return cores().stream().mapToDouble(cores -> cores * 100_000 / requestMilli).average();
  }

  private static double cores(Deque<Sample> samples) {
    Sample first = samples.getFirst();
    Sample last = samples.getLast();
    // Less than before where a child has ended and taken its count with it.
    double used = Math.max(0, last.used().minus(first.used()).toNanos());
    return used / (last.atNanos() - first.atNanos());
  }

  private static Duration used(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants())
        .flatMap(handle -> handle.info().totalCpuDuration().stream())
        .reduce(Duration.ZERO, Duration::plus);
  }
}

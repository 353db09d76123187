package dev.mlops.loadtest;

import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** What came in since the last look, summed up over loops and workers. */
final class Harvest {
  private final List<Interval> tasks;
  private final Interval excluded = new Interval();
  private final Histogram lag = Times.histogram();
  private Gauge gauge = Gauge.NONE;

  /**
   * How the generator of load is at the end of this stretch; of several, what they are together.
   *
   * @param users at work
   * @param connections open
   * @param busyPercent of the busiest thread's time
   * @param pauseMillis garbage collection, or stopped by a CPU quota, in this stretch
   * @param localLimits connections that could not be opened for reasons of this side, so far
   * @param heldUp requests that waited for an answer to another one, so far
   * @param heldBack requests after which, or which, the target asked to wait, so far
   * @param lostConnections that ended otherwise than by our choice, so far
   * @param cpuWait of all threads in this stretch
   */
  record Gauge(
      int users,
      int connections,
      double busyPercent,
      long pauseMillis,
      long localLimits,
      long heldUp,
      long heldBack,
      long lostConnections,
      CpuQueue.Wait cpuWait) {
    static final Gauge NONE = new Gauge(0, 0, 0, 0, 0, 0, 0, 0, CpuQueue.Wait.NONE);

    Gauge plus(Gauge other) {
      return new Gauge(
          users + other.users,
          connections + other.connections,
          Math.max(busyPercent, other.busyPercent),
          Math.max(pauseMillis, other.pauseMillis),
          localLimits + other.localLimits,
          heldUp + other.heldUp,
          heldBack + other.heldBack,
          lostConnections + other.lostConnections,
          cpuWait.plus(other.cpuWait));
    }
  }

  Harvest(int tasks) {
    this.tasks = Stream.generate(Interval::new).limit(tasks).toList();
  }

  /** Requests that count, by task. */
  List<Interval> tasks() {
    return tasks;
  }

  /** Requests that were meant for the time before the measured one. */
  Interval excluded() {
    return excluded;
  }

  /** How late requests were begun; nanoseconds. */
  Histogram lag() {
    return lag;
  }

  Gauge gauge() {
    return gauge;
  }

  void add(Gauge other) {
    gauge = gauge.plus(other);
  }

  void add(Harvest other) {
    addCounts(other);
    add(other.gauge);
  }

  /** All but the gauge. */
  void addCounts(Harvest other) {
    for (int i = 0; i < tasks.size(); i++) {
      tasks.get(i).add(other.tasks.get(i));
    }
    excluded.add(other.excluded);
    lag.add(other.lag);
  }

  void clear() {
    tasks.forEach(Interval::clear);
    excluded.clear();
    lag.reset();
    gauge = Gauge.NONE;
  }
}

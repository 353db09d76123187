package dev.mlops.loadtest;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/** Reads all loops once a second and keeps the sums. */
final class Observer {
  private final LoadPlan plan;
  private final Schedule schedule;
  private final List<Loop> loops;
  private final Supplier<Optional<ReplicaSampler.Sample>> replicas;
  private final Interval interval = new Interval();
  private final Interval counting = new Interval();
  private final Interval excluded = new Interval();
  private final Interval measured = new Interval();
  private final Interval before = new Interval();
  private final Histogram lag = Times.histogram();
  private final Histogram intervalLag = Times.histogram();
  private final List<Snapshot> timeline = new ArrayList<>();
  private final long[] idleSeen;
  private MachineLoad machineSeen = MachineLoad.now();
  private long pausesSeen = pauses();
  private long lastLook;

  Observer(
      LoadPlan plan,
      Schedule schedule,
      List<Loop> loops,
      Supplier<Optional<ReplicaSampler.Sample>> replicas) {
    this.plan = plan;
    this.schedule = schedule;
    this.loops = loops;
    this.replicas = replicas;
    this.idleSeen = new long[loops.size()];
    this.lastLook = schedule.start();
  }

  /** What happened since the last look. */
  Snapshot look() {
    long now = System.nanoTime();
    double seconds = Math.max(now - lastLook, 1) / 1e9;
    collect();
    Snapshot snapshot =
        new Snapshot(
            (now - schedule.start()) / 1e9,
            schedule.phase(lastLook + (now - lastLook) / 2),
            startedUsers(now),
            loops.stream().mapToInt(loop -> loop.gauges().connections()).sum(),
            interval.answers() + interval.errors(),
            interval.errors(),
            interval.answers() / seconds,
            Percentiles.of(interval.latency()),
            self(now - lastLook),
            replicas.get());
    timeline.add(snapshot);
    lastLook = now;
    return snapshot;
  }

  /** Latencies since the look before the last one, of requests that count. */
  Histogram lastCounting() {
    return counting.latency();
  }

  /** The same of requests that don't. */
  Histogram lastExcluded() {
    return excluded.latency();
  }

  List<Snapshot> timeline() {
    return timeline;
  }

  Interval measured() {
    return measured;
  }

  /** What came before the measured time. */
  Interval before() {
    return before;
  }

  /** How late requests of the measured time were begun. */
  Histogram lag() {
    return lag;
  }

  private void collect() {
    counting.clear();
    excluded.clear();
    intervalLag.reset();
    for (Loop loop : loops) {
      loop.measured().drainInto(counting);
      loop.before().drainInto(excluded);
      loop.gauges().drainLagInto(intervalLag);
    }
    interval.clear();
    interval.add(counting);
    interval.add(excluded);
    measured.add(counting);
    before.add(excluded);
    lag.add(intervalLag);
  }

  private int startedUsers(long now) {
    double started = (now - schedule.start()) / 1e9 * plan.spawnRate() + 1;
    return (int) Math.min(plan.users(), started);
  }

  private Snapshot.SelfLoad self(long nanos) {
    MachineLoad machine = MachineLoad.now();
    long pauses = pauses();
    Snapshot.SelfLoad self =
        new Snapshot.SelfLoad(
            busiest(nanos),
            intervalLag.getTotalCount() == 0 ? 0 : intervalLag.getValueAtPercentile(99) / 1e6,
            pauses - pausesSeen,
            machine.stealPercentSince(machineSeen),
            machine.usedPercentSince(machineSeen));
    machineSeen = machine;
    pausesSeen = pauses;
    return self;
  }

  private double busiest(long nanos) {
    double busiest = 0;
    for (int i = 0; i < idleSeen.length; i++) {
      long idle = loops.get(i).gauges().idleNanos();
      busiest = Math.max(busiest, 100 - 100.0 * (idle - idleSeen[i]) / nanos);
      idleSeen[i] = idle;
    }
    return Math.clamp(busiest, 0, 100);
  }

  private static long pauses() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }
}

package dev.mlops.loadtest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Looks at the generator once a second and keeps the sums. */
final class Observer {
  private final List<String> names;
  private final Schedule schedule;
  private final Generator generator;
  private final Supplier<Optional<ReplicaSampler.Sample>> replicas;
  private final Outcomes outcomes;
  private final Harvest last;
  private final Harvest sums;

  /** Used again each second: what is not allocated is not collected while a test runs. */
  private final Interval all = new Interval();

  private final List<Snapshot> timeline = new ArrayList<>();
  private MachineLoad machineSeen = MachineLoad.now();
  private long lastLook;

  Observer(
      LoadPlan plan,
      Schedule schedule,
      Generator generator,
      Supplier<Optional<ReplicaSampler.Sample>> replicas) {
    this.names = plan.tasks().stream().map(Task::name).toList();
    this.schedule = schedule;
    this.generator = generator;
    this.replicas = replicas;
    this.outcomes = new Outcomes(plan.goals(), names);
    this.last = new Harvest(names.size());
    this.sums = new Harvest(names.size());
    this.lastLook = schedule.start();
  }

  /** What happened since the last look. */
  Snapshot look() throws InterruptedException {
    last.clear();
    long now = generator.collect(last);
    double seconds = Math.max(now - lastLook, 1) / 1e9;
    sums.add(last);
    all.clear();
    Stream.concat(last.tasks().stream(), Stream.of(last.excluded())).forEach(all::add);
    Snapshot snapshot =
        new Snapshot(
            (now - schedule.start()) / 1e9,
            schedule.phase(lastLook + (now - lastLook) / 2),
            last.gauge().users(),
            last.gauge().connections(),
            all.requests(),
            all.errors(),
            all.answers() / seconds,
            Percentiles.of(all.latency()),
            self(last.gauge()),
            replicas.get());
    timeline.add(snapshot);
    addToWindows(now);
    lastLook = now;
    return snapshot;
  }

  private void addToWindows(long now) {
    double from = (Math.max(lastLook, schedule.measuredFrom()) - schedule.measuredFrom()) / 1e9;
    double to = (Math.min(now, schedule.end()) - schedule.measuredFrom()) / 1e9;
    if (to > 0) {
      outcomes.add(
          new Measurement(names, last.tasks(), Math.max(0, to - from)), Math.min(from, to - 1e-9));
    }
  }

  /** What came in with the last look. */
  Harvest last() {
    return last;
  }

  /** All that came in; its gauge means nothing. */
  Harvest sums() {
    return sums;
  }

  List<Snapshot> timeline() {
    return timeline;
  }

  /** How the generator was at the last look. */
  Harvest.Gauge gauge() {
    return last.gauge();
  }

  Measurement measured() {
    return new Measurement(names, sums.tasks(), schedule.measuredSeconds(System.nanoTime()));
  }

  /** The gate that ends the test now, if one does. */
  Optional<Gate> breach() {
    Measurement soFar = measured();
    return soFar.seconds() > 0 ? outcomes.breach(soFar) : Optional.empty();
  }

  List<Gate.Outcome> outcomes() {
    return outcomes.judge(measured());
  }

  private Snapshot.SelfLoad self(Harvest.Gauge gauge) {
    MachineLoad machine = MachineLoad.now();
    Snapshot.SelfLoad self =
        new Snapshot.SelfLoad(
            gauge.busyPercent(),
            last.lag().getTotalCount() == 0 ? 0 : last.lag().getValueAtPercentile(99) / 1e6,
            gauge.pauseMillis(),
            machine.stealPercentSince(machineSeen),
            machine.usedPercentSince(machineSeen),
            Math.max(0, gauge.cpuWait().millisPerTurn()));
    machineSeen = machine;
    return self;
  }
}

package dev.mlops.platform.local;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Measures the replicas and asks the {@link Autoscaler} how many there shall be. */
final class Scaler {
  /** Kubernetes looks every 15 s; here measuring costs next to nothing. */
  static final Duration PERIOD = Duration.ofSeconds(1);

  private final Fleet fleet;
  private final CpuMeter meter = new CpuMeter();
  private Optional<Autoscaler> autoscaler = Optional.empty();
  private volatile OptionalDouble percent = OptionalDouble.empty();

  Scaler(Fleet fleet) {
    this.fleet = fleet;
  }

  /** Average use of the CPU request by the ready replicas, percent; absent while unknown. */
  OptionalDouble percent() {
    return percent;
  }

  void sample() {
    List<ProcessHandle> processes =
        fleet.serving().stream()
            .filter(Replica::isReady)
            .flatMap(replica -> replica.process().stream())
            .toList();
    meter.sample(processes);
  }

  /** How many replicas there shall be; the count as it is while nothing is known. */
  int next(Running now) {
    int current = now.saved().replicas();
    var rules = now.spec().scale().autoscaling();
    if (rules.isEmpty()) {
      percent = OptionalDouble.empty();
      return current;
    }
    if (autoscaler.map(Autoscaler::rules).filter(rules.get()::equals).isEmpty()) {
      autoscaler = Optional.of(new Autoscaler(rules.get()));
    }
    percent = meter.percentOf(now.spec().container().resources().cpuRequest().orElseThrow());
    if (percent.isEmpty()) {
      return current;
    }
    long second = System.nanoTime() / 1_000_000_000;
    int measured = Math.min(current, meter.cores().size());
    return autoscaler.get().next(current, measured, percent.getAsDouble(), second);
  }
}

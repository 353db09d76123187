package dev.mlops.platform.local;

import dev.mlops.manifest.WorkloadSpec.Autoscaling;
import dev.mlops.platform.local.Autoscaler.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Measures the replicas and asks the {@link Autoscaler} how many there shall be. */
final class Scaler {
  /** Kubernetes looks every 15 s; here measuring costs next to nothing. */
  static final Duration PERIOD = Duration.ofSeconds(1);

  /**
   * What the ready replicas do, where it is known and something is aimed at.
   *
   * @param cpuPercent their average use of the CPU request
   * @param requests per second that each gets on average
   */
  record Use(OptionalDouble cpuPercent, OptionalDouble requests) {
    static final Use UNKNOWN = new Use(OptionalDouble.empty(), OptionalDouble.empty());
  }

  private final Fleet fleet;
  private final CpuMeter cpu = new CpuMeter();
  private final RequestMeter requests;
  private Optional<Autoscaler> autoscaler = Optional.empty();
  private volatile Use use = Use.UNKNOWN;

  Scaler(Fleet fleet, RequestMeter requests) {
    this.fleet = fleet;
    this.requests = requests;
  }

  Use use() {
    return use;
  }

  void sample() {
    List<ProcessHandle> processes =
        fleet.serving().stream()
            .filter(Replica::isReady)
            .flatMap(replica -> replica.process().stream())
            .toList();
    cpu.sample(processes);
    requests.sample();
  }

  /** How many replicas there shall be; the count as it is while nothing is known. */
  int next(Running now) {
    int current = now.saved().replicas();
    Optional<Autoscaling> rules = now.spec().scale().autoscaling();
    use = rules.map(wanted -> measure(now, wanted)).orElse(Use.UNKNOWN);
    if (rules.isEmpty()) {
      return current;
    }
    if (autoscaler.map(Autoscaler::rules).filter(rules.get()::equals).isEmpty()) {
      autoscaler = Optional.of(new Autoscaler(rules.get()));
    }
    if (use.equals(Use.UNKNOWN)) {
      return current;
    }
    long second = System.nanoTime() / 1_000_000_000;
    return autoscaler.get().next(current, readings(rules.get(), current), second);
  }

  private Use measure(Running now, Autoscaling rules) {
    long ready = fleet.ready();
    boolean byRequests = rules.goals().requests().isPresent() && ready > 0;
    OptionalDouble perSecond = requests.perSecond();
    return new Use(
        rules.goals().cpuPercent().isPresent()
            ? cpu.percentOf(now.spec().container().resources().cpuRequest().orElseThrow())
            : OptionalDouble.empty(),
        byRequests && perSecond.isPresent()
            ? OptionalDouble.of(perSecond.getAsDouble() / ready)
            : OptionalDouble.empty());
  }

  private List<Reading> readings(Autoscaling rules, int current) {
    List<Reading> readings = new ArrayList<>();
    int ready = (int) fleet.ready();
    rules
        .goals()
        .cpuPercent()
        .ifPresent(
            goal -> readings.add(reading(use.cpuPercent(), goal, cpu.cores().size(), current)));
    rules
        .goals()
        .requests()
        .ifPresent(goal -> readings.add(reading(use.requests(), goal, ready, current)));
    return readings;
  }

  /** What is not known yet holds off others that ask for fewer. */
  private static Reading reading(OptionalDouble now, double goal, int measured, int current) {
    return now.isPresent()
        ? new Reading(now.getAsDouble() / goal, Math.min(current, measured))
        : new Reading(1, current);
  }
}

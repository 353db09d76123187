package dev.mlops.loadtest;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/**
 * Asks whether the numbers are the service's or the load tester's own.
 *
 * @param gauge as it was at the end
 * @param lost what became of workers that broke off
 * @param changed whether somebody changed the load meanwhile
 */
record Judge(
    LoadPlan plan,
    Measured measured,
    List<Snapshot> timeline,
    Histogram lag,
    Harvest.Gauge gauge,
    List<String> lost,
    boolean changed) {
  private static final double MOST_BUSY_PERCENT = 90;
  private static final double MOST_STEAL_PERCENT = 5;
  private static final double MOST_PAUSE_PERCENT = 1;
  private static final double MOST_UNSOUND_PERCENT = 20;

  /** Lag below this is lost in the noise of any network. */
  private static final double TOLERATED_LAG_MILLIS = 5;

  private static final double TOLERATED_LAG_SHARE = 0.2;

  /** Lag only ever adds to latency: this much of a gate's limit can't make a missed one pass. */
  private static final double TOLERATED_SHARE_OF_GATE = 0.1;

  private static final double TOLERATED_CPU_WAIT_MILLIS = 0.25;
  private static final double TOLERATED_CPU_WAIT_SHARE = 0.1;
  private static final double TOLERATED_CPU_WAIT_SHARE_OF_GATE = 0.02;

  List<SelfCheck> checks() {
    List<SelfCheck> checks = new ArrayList<>();
    checks.add(answers());
    checks.add(busy());
    checks.add(lateness());
    checks.add(cpuWait());
    checks.add(pauses());
    checks.add(steal());
    if (checks.stream().allMatch(SelfCheck::passed)) {
      checks.add(unsoundSeconds());
    }
    checks.addAll(new Shortfall(plan, measured, timeline, gauge).checks());
    if (!changed) {
      new Demand(plan, measured, timeline).check().ifPresent(checks::add);
    }
    if (!lost.isEmpty()) {
      checks.add(
          SelfCheck.of("Workers lost", String.valueOf(lost.size()), "0", false, lost.getFirst()));
    }
    return List.copyOf(checks);
  }

  private SelfCheck answers() {
    long good = measured.requests() - measured.errors();
    String reason =
        measured.requests() == 0
            ? "no request was sent in the measured time"
            : "no request got a good answer: all " + measured.requests() + " failed";
    return SelfCheck.of("Good answers", String.valueOf(good), "at least 1", good > 0, reason);
  }

  private SelfCheck busy() {
    double busy = mean(second -> second.self().busyPercent());
    return SelfCheck.of(
        "Load tester's busiest thread",
        Figures.percent(busy),
        "at most " + Figures.percent(MOST_BUSY_PERCENT),
        busy <= MOST_BUSY_PERCENT,
        "the load tester was the bottleneck: its busiest thread worked "
            + Figures.percent(busy)
            + " of the time; use less load, or more workers on more CPUs");
  }

  private SelfCheck lateness() {
    double late = lag.getTotalCount() == 0 ? 0 : lag.getValueAtPercentile(99) / 1e6;
    double most = toleratedLag();
    return SelfCheck.of(
        "Requests begun late (p99)",
        Figures.millis(late),
        "at most " + Figures.millis(most),
        late <= most,
        "requests were sent late (1 in 100 by more than "
            + Figures.millis(late)
            + "), and their latency includes that; this machine is too busy");
  }

  private double toleratedLag() {
    return Math.max(
        TOLERATED_LAG_MILLIS,
        Math.max(TOLERATED_LAG_SHARE * latency(99), TOLERATED_SHARE_OF_GATE * strictestGate()));
  }

  private double latency(double percentile) {
    Histogram latency = measured.latency();
    return latency.getTotalCount() == 0 ? 0 : latency.getValueAtPercentile(percentile) / 1e6;
  }

  private double strictestGate() {
    return plan.goals().gates().stream()
        .filter(gate -> gate.measure().unit().equals("ms"))
        .mapToDouble(Gate::limit)
        .min()
        .orElse(0);
  }

  /** Answers that come while a thread waits for a CPU are read late: that is in every figure. */
  private SelfCheck cpuWait() {
    double wait = mean(second -> second.self().cpuWaitMillis());
    double most =
        Math.max(
            TOLERATED_CPU_WAIT_MILLIS,
            Math.max(
                TOLERATED_CPU_WAIT_SHARE * latency(50),
                TOLERATED_CPU_WAIT_SHARE_OF_GATE * strictestGate()));
    return SelfCheck.of(
        "Wait for a CPU, each time (mean)",
        Figures.millis(wait),
        "at most " + Figures.millis(most),
        wait <= most,
        "the load tester had to wait for a CPU, "
            + Figures.millis(wait)
            + " each time, and the figures include that; this machine is too busy");
  }

  private SelfCheck pauses() {
    double pauses =
        measuredSeconds().stream().mapToLong(second -> second.self().pauseMillis()).sum();
    double most = 10 * MOST_PAUSE_PERCENT * measured.seconds();
    return SelfCheck.of(
        "Stopped by garbage collection or a CPU quota",
        Figures.millis(pauses),
        "at most " + Figures.millis(most),
        pauses <= most,
        "garbage collection or its CPU quota stopped the load tester for "
            + Figures.millis(pauses)
            + "; use less load, or more workers");
  }

  private SelfCheck steal() {
    double steal = mean(second -> second.self().stealPercent());
    return SelfCheck.of(
        "CPU taken by other machines of the host",
        Figures.percent(steal),
        "at most " + Figures.percent(MOST_STEAL_PERCENT),
        steal <= MOST_STEAL_PERCENT,
        "the host of this virtual machine gave "
            + Figures.percent(steal)
            + " of its CPU to others; measure at a quieter time");
  }

  /** A mean hides a bad stretch; a single bad second is in every long test. */
  private SelfCheck unsoundSeconds() {
    List<Snapshot> seconds = measuredSeconds();
    List<String> complaints =
        seconds.stream()
            .map(second -> second.self().complaint())
            .filter(why -> !why.isEmpty())
            .toList();
    double share = seconds.isEmpty() ? 0 : 100.0 * complaints.size() / seconds.size();
    return SelfCheck.of(
        "Seconds in which the load tester was in its own way",
        "%d of %d".formatted(complaints.size(), seconds.size()),
        "at most " + Figures.percent(MOST_UNSOUND_PERCENT),
        share <= MOST_UNSOUND_PERCENT || complaints.size() < 2,
        "the load tester was in its own way in %d of %d seconds: %s"
            .formatted(
                complaints.size(),
                seconds.size(),
                complaints.isEmpty() ? "" : complaints.getFirst()));
  }

  private double mean(ToDoubleFunction<Snapshot> value) {
    return measuredSeconds().stream().mapToDouble(value).average().orElse(0);
  }

  private List<Snapshot> measuredSeconds() {
    return timeline.stream().filter(second -> second.phase() == Phase.MEASURED).toList();
  }
}

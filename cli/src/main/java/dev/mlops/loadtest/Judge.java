package dev.mlops.loadtest;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/**
 * Asks whether the numbers are the service's or the load tester's own.
 *
 * @param localLimits connections that this machine could not open
 */
record Judge(Measured measured, List<Snapshot> timeline, Histogram lag, long localLimits) {
  private static final double MOST_BUSY_PERCENT = 90;
  private static final double MOST_STEAL_PERCENT = 5;
  private static final double MOST_PAUSE_PERCENT = 1;

  /** Lag below this is lost in the noise of any network. */
  private static final double TOLERATED_LAG_MILLIS = 5;

  private static final double TOLERATED_LAG_SHARE = 0.2;

  List<SelfCheck> checks() {
    return List.of(answers(), busy(), lateness(), pauses(), steal(), connections());
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
            + " of the time; use fewer users or longer waits, or give it more CPU");
  }

  private SelfCheck lateness() {
    double late = lag.getTotalCount() == 0 ? 0 : lag.getValueAtPercentile(99) / 1e6;
    Histogram latency = measured.latency();
    double p99 = latency.getTotalCount() == 0 ? 0 : latency.getValueAtPercentile(99) / 1e6;
    double most = Math.max(TOLERATED_LAG_MILLIS, TOLERATED_LAG_SHARE * p99);
    return SelfCheck.of(
        "Requests begun late (p99)",
        Figures.millis(late),
        "at most " + Figures.millis(most),
        late <= most,
        "requests were begun late: 1 in 100 by more than "
            + Figures.millis(late)
            + ", which stands in the latency; this machine is too busy");
  }

  private SelfCheck pauses() {
    double pauses = 1e3 * pausesSeconds();
    double most = 10 * MOST_PAUSE_PERCENT * measured.seconds();
    return SelfCheck.of(
        "Garbage collection",
        Figures.millis(pauses),
        "at most " + Figures.millis(most),
        pauses <= most,
        "garbage collection stopped the load tester for " + Figures.millis(pauses));
  }

  private double pausesSeconds() {
    return timeline.stream()
            .filter(second -> second.phase() == Phase.MEASURED)
            .mapToLong(second -> second.self().pauseMillis())
            .sum()
        / 1e3;
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

  private SelfCheck connections() {
    return SelfCheck.of(
        "Connections that this machine could not open",
        String.valueOf(localLimits),
        "0",
        localLimits == 0,
        "this machine could not open all connections: raise the limit of open files"
            + " (ulimit -n) or use fewer users");
  }

  private double mean(ToDoubleFunction<Snapshot> value) {
    return timeline.stream()
        .filter(second -> second.phase() == Phase.MEASURED)
        .mapToDouble(value)
        .average()
        .orElse(0);
  }
}

package dev.mlops.loadtest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Ways in which less load was put on the target than was asked for, and who is to blame.
 *
 * @param timeline second by second, its users and connections among the rest
 * @param gauge as it was at the end
 */
record Shortfall(LoadPlan plan, Measured measured, List<Snapshot> timeline, Harvest.Gauge gauge) {
  private static final double MOST_CONNECTIONS_MISSING = 0.05;
  private static final double MOST_HELD_BACK_PERCENT = 1;

  List<SelfCheck> checks() {
    List<SelfCheck> checks = new ArrayList<>();
    checks.add(opened());
    open().ifPresent(checks::add);
    heldBack().ifPresent(checks::add);
    return checks;
  }

  private SelfCheck opened() {
    return SelfCheck.of(
        "Connections that this machine could not open",
        String.valueOf(gauge.localLimits()),
        "0",
        gauge.localLimits() == 0,
        "this machine could not open all connections: raise the limit of open files"
            + " (ulimit -n) or use fewer users");
  }

  /** Each user has one. Those that the target itself ended are its own affair. */
  private Optional<SelfCheck> open() {
    double users = mean(Snapshot::users);
    if (!(plan.load() instanceof Load.Closed) || users == 0) {
      return Optional.empty();
    }
    double connections = mean(Snapshot::connections);
    double missing = users - connections;
    boolean few = missing <= MOST_CONNECTIONS_MISSING * users;
    String value = Figures.number(connections) + " of " + Figures.number(users);
    return Optional.of(
        SelfCheck.of(
            "Connections open, of those asked for (mean)",
            value,
            "at least " + Figures.percent(100 - 100 * MOST_CONNECTIONS_MISSING),
            few || missing <= gauge.lostConnections(),
            "only "
                + value
                + " connections stood: the others had not come about yet;"
                + " start fewer users each second, or warm up for longer"));
  }

  private double mean(ToIntFunction<Snapshot> value) {
    return timeline.stream()
        .filter(second -> second.phase() == Phase.MEASURED)
        .mapToInt(value)
        .average()
        .orElse(0);
  }

  /**
   * A gate on errors has its own word on refusals; without one, good latency of a load that was
   * held back would pass.
   */
  private Optional<SelfCheck> heldBack() {
    if (gauge.heldBack() == 0) {
      return Optional.empty();
    }
    double percent = 100.0 * gauge.heldBack() / Math.max(1, measured.requests());
    boolean judgedByGate =
        plan.goals().gates().stream()
            .anyMatch(gate -> gate.measure() instanceof Gate.Measure.ErrorRate);
    return Optional.of(
        SelfCheck.of(
            "Requests at which the target asked to wait, and that was done",
            Figures.count(gauge.heldBack()),
            judgedByGate
                ? "as many as the gate on errors lets pass"
                : "at most " + Figures.percent(MOST_HELD_BACK_PERCENT),
            judgedByGate || percent <= MOST_HELD_BACK_PERCENT,
            "the load was not the one that was asked for: the target asked to send less"
                + " (429, or 503 with Retry-After) at "
                + Figures.percent(percent)
                + " of the requests, and so it was done"));
  }
}

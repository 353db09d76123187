package dev.mlops.loadtest;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Compares the load with the one that was asked for: by Little's law for users, by counting for a
 * rate. A load tester that lost users or requests on the way would show here.
 *
 * @param timeline second by second, its users among the rest
 */
record Demand(LoadPlan plan, Measured measured, List<Snapshot> timeline) {
  private static final double TOLERANCE = 0.05;

  /** A single user or request more or less weighs much in a short test. */
  private static final long FEWEST_REQUESTS = 200;

  private static final double MOST_ERROR_PERCENT = 1;

  /** Absent where nothing can be said: too few requests, errors, or a load that changes. */
  Optional<SelfCheck> check() {
    if (measured.requests() < FEWEST_REQUESTS || measured.errorPercent() > MOST_ERROR_PERCENT) {
      return Optional.empty();
    }
    return switch (plan.load()) {
      case Load.Closed(Profile users, double _, Wait wait)
          when users.isConstant() && !wait.pacing() && haveStayed(users.first()) ->
          littlesLaw(users.first(), wait);
      case Load.Open(Profile rate, int _) -> counted(expected(rate));
      case Load.Closed _, Load.Open _, Load.Replay _ -> Optional.empty();
    };
  }

  private boolean haveStayed(double users) {
    return timeline.stream()
        .filter(second -> second.phase() == Phase.MEASURED)
        .allMatch(second -> second.users() == (int) Math.ceil(users));
  }

  /** Users = throughput · (latency + wait): each is either waiting, or for an answer. */
  private Optional<SelfCheck> littlesLaw(double users, Wait usual) {
    double rounds = (double) measured.requests() / measured.seconds();
    double busy = rounds * (measured.latency().getMean() / 1e9 + meanWait(usual));
    // Of long waits, chance and the two ends of the measured time leave more.
    double slack = TOLERANCE + 2 / Math.sqrt((double) measured.requests());
    return Optional.of(
        check(
            "Users at work, by Little's law",
            Figures.number(busy) + " of " + Figures.number(users),
            busy / users,
            slack));
  }

  private double meanWait(Wait usual) {
    double weights = plan.tasks().stream().mapToInt(Task::weight).sum();
    return plan.tasks().stream()
        .mapToDouble(task -> task.weight() / weights * task.think().orElse(usual).meanSeconds())
        .sum();
  }

  private double expected(Profile rate) {
    Duration duration = Duration.ofNanos((long) (measured.seconds() * 1e9));
    Profile timed = rate.over(plan.timing().duration());
    int steps = 10_000;
    double sum = 0;
    for (int i = 0; i < steps; i++) {
      sum += timed.at((i + 0.5) / steps * duration.toNanos() / 1e9);
    }
    return sum / steps * measured.seconds();
  }

  private Optional<SelfCheck> counted(double expected) {
    double slack = 0.01 + 2 / expected;
    return Optional.of(
        check(
            "Requests sent, of those asked for",
            Figures.count(measured.requests()) + " of " + Figures.count(Math.round(expected)),
            (double) measured.requests() / expected,
            slack));
  }

  private static SelfCheck check(String title, String value, double share, double slack) {
    return SelfCheck.of(
        title,
        value,
        "within " + Figures.percent(100 * slack),
        Math.abs(share - 1) <= slack,
        "the load was not the one that was asked for: "
            + title.toLowerCase(Locale.ROOT)
            + ": "
            + value);
  }
}

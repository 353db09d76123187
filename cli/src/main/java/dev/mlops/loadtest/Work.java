package dev.mlops.loadtest;

/** What all loops of a process share, and which part of it is one's own. */
record Work(
    LoadPlan plan, Dialer dialer, Scenario scenario, Schedule schedule, Level level, Share share) {

  Work with(Share own) {
    return new Work(plan, dialer, scenario, schedule, level, own);
  }

  /** Differs between loops, so that they don't send the same at the same time. */
  long seed() {
    return plan.seed() + share.index();
  }

  Traffic traffic() {
    return switch (plan.load()) {
      case Load.Closed closed ->
          new ClosedTraffic(
              closed, level, schedule, share, new Pauses(plan.tasks(), closed.waitTime(), seed()));
      case Load.Open open -> open(rateArrivals(open.rate()), open.connections());
      case Load.Replay(ArrivalFile file, int connections) ->
          open(new Arrivals.Recorded(file, schedule.start(), share), connections);
    };
  }

  private Arrivals rateArrivals(Profile rate) {
    LoadPlan.Timing timing = plan.timing();
    return new RateArrivals(
        rate.over(timing.duration()), timing.warmUp(), schedule.start(), level, share);
  }

  private Traffic open(Arrivals arrivals, int connections) {
    long timeout = plan.timing().timeout().toNanos();
    return new OpenTraffic(arrivals, schedule, Math.max(1, share.countOf(connections)), timeout);
  }
}

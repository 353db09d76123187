package dev.mlops.loadtest;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;

/** Loops in this process. */
final class FromHere implements Launch {
  /** More requests a second than that need a second thread. */
  private static final double RATE_PER_LOOP = 20_000;

  private static final int CONNECTIONS_PER_LOOP = 64;

  /** From the start of the threads to the first request. */
  private static final Duration LEAD = Duration.ofMillis(20);

  private final Share share;

  /**
   * @param share this process's part of the whole load
   */
  FromHere(Share share) {
    this.share = share;
  }

  @Override
  public Prepared prepare(LoadPlan plan, Consumer<String> progress) {
    InetSocketAddress address = Target.reach(plan);
    OpenFiles.requireEnough(plan, share);
    return new Ready(plan, Dialer.of(plan, address), Scenario.of(plan), share);
  }

  private record Ready(LoadPlan plan, Dialer dialer, Scenario scenario, Share share)
      implements Prepared {
    @Override
    public Duration lead() {
      return LEAD;
    }

    @Override
    public Generator start(Schedule schedule) {
      Work work = new Work(plan, dialer, scenario, schedule, Level.of(plan, schedule), share);
      int loops = loops(plan.load(), Runtime.getRuntime().availableProcessors());
      return new LocalGenerator(work, loops).start();
    }

    @Override
    public void close() {}
  }

  /** As few as can do it: a thread that is not needed takes CPU from the service beside it. */
  static int loops(Load load, int processors) {
    double wanted =
        switch (load) {
          case Load.Closed(Profile users, double _, Wait wait) ->
              users.highest() / Math.max(CONNECTIONS_PER_LOOP, RATE_PER_LOOP * wait.meanSeconds());
          case Load.Open(Profile rate, int _) -> rate.highest() / RATE_PER_LOOP;
          case Load.Replay(ArrivalFile arrivals, int _) ->
              arrivals.count() / Math.max(1, arrivals.length().toNanos() / 1e9) / RATE_PER_LOOP;
        };
    return (int) Math.clamp(Math.ceil(wanted), 1, processors);
  }
}

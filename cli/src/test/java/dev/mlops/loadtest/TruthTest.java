package dev.mlops.loadtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Figures against what is known to be true. A run that the load tester itself calls not valid says
 * nothing, and is made again, a few times: the machine was too busy.
 */
final class TruthTest {
  private static final long MILLI = 1_000_000;
  private static final int ATTEMPTS = 5;

  /** What the loopback and two wake-ups cost beside the delay. */
  private static final double WAY_MILLIS = 0.25;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 20})
  void aKnownDelayIsWhatIsMeasured(int millis) throws Exception {
    // What disturbs a run only ever adds: so the best of a few is the nearest to the truth. Not all
    // of it shows in the run's own accounts, so only many wrong runs without a trace of it count.
    boolean disturbed = false;
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      ExactServer server = ExactServer.delaying(millis * MILLI);
      LoadResult result;
      try (server) {
        result = run(new PlanFor(server.address()).rate("200").warmUp(500).millis(2_000).plan());
      }
      assertEquals(0, result.totals().errors());
      assertEquals(400, (double) result.totals().requests(), 1);
      Percentiles service = result.totals().serviceMillis().orElseThrow();
      assertTrue(service.min() >= millis, "faster than the server: " + service);
      if (isNear(held(server, 50), service.p50()) && isNear(held(server, 90), service.p90())) {
        return;
      }
      disturbed |= !isQuiet(result);
    }
    assumeFalse(disturbed, "the machine was busy in " + ATTEMPTS + " runs");
    fail("undisturbed, and yet wrong in each of " + ATTEMPTS + " runs");
  }

  private static double held(ExactServer server, double percentile) {
    return server.held().getValueAtPercentile(percentile) / 1e6;
  }

  private static boolean isNear(double truth, double measured) {
    return Math.abs(truth - measured) <= 0.01 * truth + WAY_MILLIS;
  }

  /** On a machine with better things to do, truth is not to be had to a hundredth. */
  private static boolean isQuiet(LoadResult result) {
    return result.evidence().timeline().stream()
        .filter(second -> second.phase() == Phase.MEASURED)
        .map(Snapshot::self)
        .allMatch(self -> self.cpuWaitMillis() < 0.1 && self.pauseMillis() < 2);
  }

  @Test
  void aFreezeIsFeltByEveryRequestThatWasMeantForIt() throws Exception {
    // 10 s at 200/s, frozen from 4 s to 6 s. Requests meant for then wait for what is left of it:
    // evenly from 2 s down to 0. Of 2,000 requests the slowest 1 % waited more than 1.9 s, the
    // slowest 0.1 % more than 1.99 s; half waited for nothing.
    LoadResult result = frozen(new PlanFor().rate("200").millis(10_000));
    assertEquals(2_000, result.totals().requests());
  }

  @Test
  void usersWhoKeepAPaceFeelItToo() throws Exception {
    // 20 users every 100 ms are 200/s; each is held up by its own request, and sends what it missed
    // late. From the intended moment that is the same distribution as above.
    LoadResult result = frozen(new PlanFor().users("20", 200, "every 100ms").millis(10_000));
    assertEquals(2_000, (double) result.totals().requests(), 2);
    assertTrue(
        result.totals().serviceMillis().orElseThrow().p95() < 1_000,
        "only one request of each user was under way");
  }

  /** The first of a few runs that nothing has disturbed so much that it shows. */
  private LoadResult frozen(PlanFor plan) throws Exception {
    List<Percentiles> wrong = new ArrayList<>();
    boolean disturbed = false;
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      LoadResult result = frozenOnce(plan);
      assertEquals(0, result.totals().errors());
      Percentiles latency = result.totals().latencyMillis().orElseThrow();
      if (isOfTheFreeze(latency)) {
        return result;
      }
      wrong.add(latency);
      disturbed |= !isQuiet(result);
    }
    assumeFalse(disturbed, "the machine was busy in " + ATTEMPTS + " runs: " + wrong);
    return fail("undisturbed, and yet wrong in each run: " + wrong);
  }

  private static boolean isOfTheFreeze(Percentiles latency) {
    return Math.abs(1_900 - latency.p99()) <= 19
        && Math.abs(1_990 - latency.p999()) <= 20
        && latency.p50() < 20;
  }

  private LoadResult frozenOnce(PlanFor plan) throws Exception {
    AtomicLong first = new AtomicLong(Long.MAX_VALUE);
    try (ExactServer server =
        new ExactServer(came -> {
          first.compareAndSet(Long.MAX_VALUE, came);
          long from = first.get() + 4_000 * MILLI;
          long until = first.get() + 6_000 * MILLI;
          return came >= from && came < until ? until : came;
        })) {
      return run(plan.to(server.address()).plan());
    }
  }

  private LoadResult run(LoadPlan plan) throws InterruptedException {
    return new LoadTest(ReplicaSampler.NONE, Launch.here(), Optional.empty())
        .run(plan, folder, LoadListener.SILENT);
  }
}

package dev.mlops.platform.local;

import dev.mlops.manifest.Probe;
import dev.mlops.manifest.WorkloadSpec.Probes;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks the probes of one process until it is closed. The startup probe holds off the others. Until
 * a replica has been ready for the first time it is asked every {@value #EAGER_MILLIS} ms rather
 * than every period, since here nobody else has to be spared; how long a start may take is as the
 * probe says all the same.
 */
final class Health implements AutoCloseable {
  private static final long EAGER_MILLIS = 200;

  /** Where a replica has no readiness probe: it is ready once it listens. */
  private static final Probe LISTENS =
      new Probe(new Probe.Check.Tcp(), 0, 10, 1, new Probe.Thresholds(3, 1));

  /** What the probes have to say; called from their threads. */
  interface Verdict {
    /**
     * @param why what the readiness probe saw, empty when ready
     */
    void ready(boolean ready, String why);

    /** The process has to be ended. */
    void dead(String why);
  }

  private final Probes probes;
  private final int port;
  private final Verdict verdict;
  private final long started = System.nanoTime();
  private final Thread readiness;
  private volatile Thread liveness;
  private volatile boolean closed;

  Health(Probes probes, int port, Verdict verdict) {
    this.probes = probes;
    this.port = port;
    this.verdict = verdict;
    this.readiness =
        Thread.ofVirtual().name("readiness-" + port).unstarted(() -> quietly(this::begin));
  }

  void start() {
    readiness.start();
  }

  @Override
  public void close() {
    closed = true;
    readiness.interrupt();
    Thread other = liveness;
    if (other != null) {
      other.interrupt();
    }
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  private static void quietly(Work work) {
    try {
      work.run();
    } catch (InterruptedException e) {
      // Closed: the process has ended.
    }
  }

  private void begin() throws InterruptedException {
    if (probes.startup().isPresent() && !hasStarted(probes.startup().get())) {
      return;
    }
    if (probes.liveness().isPresent()) {
      Probe probe = probes.liveness().get();
      liveness =
          Thread.ofVirtual()
              .name("liveness-" + port)
              .unstarted(() -> quietly(() -> watchLiveness(probe)));
      liveness.start();
    }
    watchReadiness(probes.readiness().orElse(LISTENS));
  }

  private boolean hasStarted(Probe probe) throws InterruptedException {
    sleepUntil(probe.initialDelay());
    Optional<String> fault = ask(probe);
    while (fault.isPresent()) {
      if (secondsUp() >= probe.budgetSeconds()) {
        verdict.dead("the startup probe failed: " + fault.get());
        return false;
      }
      verdict.ready(false, "startup: " + fault.get());
      Thread.sleep(EAGER_MILLIS);
      fault = ask(probe);
    }
    return true;
  }

  private void watchLiveness(Probe probe) throws InterruptedException {
    sleepUntil(probe.initialDelay());
    int failures = 0;
    while (!closed) {
      Optional<String> fault = ask(probe);
      failures = fault.isPresent() ? failures + 1 : 0;
      if (fault.isPresent() && failures >= probe.thresholds().failures()) {
        verdict.dead("the liveness probe failed: " + fault.get());
        return;
      }
      Thread.sleep(Duration.ofSeconds(probe.period()));
    }
  }

  private void watchReadiness(Probe probe) throws InterruptedException {
    sleepUntil(probe.initialDelay());
    boolean ready = false;
    boolean everReady = false;
    int inRow = 0;
    while (!closed) {
      Optional<String> fault = ask(probe);
      boolean turning = fault.isEmpty() != ready;
      inRow = turning ? inRow + 1 : 0;
      if (inRow >= (ready ? probe.thresholds().failures() : probe.thresholds().successes())) {
        ready = !ready;
        inRow = 0;
      }
      everReady |= ready;
      verdict.ready(ready, fault.orElse(""));
      Thread.sleep(everReady ? probe.period() * 1000L : EAGER_MILLIS);
    }
  }

  private Optional<String> ask(Probe probe) throws InterruptedException {
    Optional<String> fault = ProbeCall.ask(probe.check(), port, probe.timeout());
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return fault;
  }

  private double secondsUp() {
    return (System.nanoTime() - started) / 1e9;
  }

  private void sleepUntil(int seconds) throws InterruptedException {
    Thread.sleep(Math.max(0, (long) ((seconds - secondsUp()) * 1000)));
  }
}

package dev.mlops.loadtest;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Keeps the latest sample at hand, so that a slow platform never delays the clock of the test. */
final class ReplicaWatch implements Supplier<Optional<ReplicaSampler.Sample>>, AutoCloseable {
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final ReplicaSampler sampler;
  private final Thread thread;
  private volatile ReplicaSampler.Sample latest;

  ReplicaWatch(ReplicaSampler sampler) {
    this.sampler = sampler;
    this.thread = Thread.ofVirtual().name("replica-watch").start(this::run);
  }

  @Override
  public Optional<ReplicaSampler.Sample> get() {
    return Optional.ofNullable(latest);
  }

  private void run() {
    try {
      while (true) {
        latest = sample();
        Thread.sleep(PERIOD);
      }
    } catch (InterruptedException e) {
      // The test is over.
    }
  }

  private ReplicaSampler.Sample sample() {
    try {
      return sampler.sample().orElse(null);
    } catch (RuntimeException e) {
      return null; // Unknown for now; the load test goes on.
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}

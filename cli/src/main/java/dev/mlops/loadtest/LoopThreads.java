package dev.mlops.loadtest;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A platform thread for each loop: they spin now and then, which virtual threads must not. */
final class LoopThreads implements AutoCloseable {
  private final List<Loop> loops;
  private final CountDownLatch running;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  LoopThreads(List<Loop> loops) {
    this.loops = loops;
    this.running = new CountDownLatch(loops.size());
    for (int i = 0; i < loops.size(); i++) {
      Loop loop = loops.get(i);
      Thread.ofPlatform().daemon().name("load-" + i).start(() -> run(loop));
    }
  }

  private void run(Loop loop) {
    try {
      loop.run();
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
      loops.forEach(Loop::abort);
    } finally {
      running.countDown();
    }
  }

  /** Whether all have ended within the time. */
  boolean awaitEnd(long nanos) throws InterruptedException {
    boolean ended = running.await(nanos, TimeUnit.NANOSECONDS);
    Throwable cause = failure.get();
    if (cause != null) {
      throw new IllegalStateException("a thread of the load tester broke down", cause);
    }
    return ended;
  }

  /** Ends those that still run, without waiting for answers. */
  @Override
  public void close() {
    loops.forEach(Loop::abort);
  }
}

package dev.mlops.loadtest;

import java.nio.channels.Selector;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Wakes a selector at a moment that {@link Selector#select(long)} can't name: it counts in whole
 * milliseconds, and a wait that ends up to one late would stand in every latency.
 */
final class Alarm implements AutoCloseable {
  private static final long UNSET = Long.MAX_VALUE;

  private final Selector selector;
  private final AtomicLong moment = new AtomicLong(UNSET);
  private final Thread thread;
  private volatile boolean closed;

  Alarm(Selector selector, String name) {
    this.selector = selector;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    thread.start();
  }

  /** Replaces the moment set before. */
  void set(long nanoTime) {
    moment.set(nanoTime);
    LockSupport.unpark(thread);
  }

  private void run() {
    while (!closed) {
      long due = moment.get();
      long ahead = due - System.nanoTime();
      if (due == UNSET) {
        LockSupport.park(this);
      } else if (ahead > 0) {
        LockSupport.parkNanos(this, ahead);
      } else if (moment.compareAndSet(due, UNSET)) {
        selector.wakeup();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}

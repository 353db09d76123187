package dev.mlops.loadtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.Consumer;

/** A share of the load on one thread: waits for moments and for sockets, whichever comes first. */
final class Loop implements Runnable {
  private static final long MILLI = 1_000_000;

  /** An alarm rings some 0.1 ms late; the rest of the way is spun. */
  private static final long SPIN = 120_000;

  private static final long LONGEST_DRAIN = 15_000 * MILLI;

  private final Schedule schedule;
  private final Selector selector;
  private final Traffic traffic;
  private final UnderWay underWay;
  private final Exchange exchange;
  private final Gauges gauges = new Gauges();
  private final Ledger ledger;
  private final Consumer<SelectionKey> onReady;
  private volatile boolean aborted;
  private volatile CpuQueue cpuQueue;

  Loop(Work work) throws IOException {
    this.schedule = work.schedule();
    this.selector = Selector.open();
    this.traffic = work.traffic();
    this.ledger = new Ledger(schedule, work.plan().tasks().size());
    this.underWay = new UnderWay(work, traffic, gauges, ledger);
    this.exchange = new Exchange(work, selector, underWay, gauges, ledger);
    this.onReady = this::ready;
  }

  Gauges gauges() {
    return gauges;
  }

  Ledger ledger() {
    return ledger;
  }

  int users() {
    return traffic.users();
  }

  /** How long its thread has waited for a CPU so far. */
  CpuQueue.Wait cpuWait() {
    CpuQueue queue = cpuQueue;
    return queue == null ? CpuQueue.Wait.NONE : queue.read();
  }

  /** Ends it within a tenth of a second; for other threads. */
  void abort() {
    aborted = true;
  }

  @Override
  public void run() {
    cpuQueue = CpuQueue.ofThisThread();
    try (selector;
        Alarm alarm = new Alarm(selector, Thread.currentThread().getName() + "-alarm")) {
      for (long now = System.nanoTime(); goesOn(now); now = System.nanoTime()) {
        traffic.begin(now, exchange);
        underWay.expire(now);
        await(nextMoment(now), alarm);
      }
      underWay.abandon();
      traffic.abandon(exchange);
      // Closing a selector leaves the channels open. They count as open at the test's end.
      selector.keys().forEach(key -> ((User) key.attachment()).connection.close());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean goesOn(long now) {
    long end = schedule.end();
    if (aborted) {
      return false;
    }
    boolean somethingLeft = !underWay.isEmpty() || traffic.hasBacklog();
    return now < end || (somethingLeft && now < end + LONGEST_DRAIN);
  }

  private long nextMoment(long now) {
    long end = schedule.end();
    long boundary = now < end ? end : end + LONGEST_DRAIN;
    return Math.min(Math.min(traffic.nextMoment(now), underWay.nextExpiry()), boundary);
  }

  private void await(long moment, Alarm alarm) throws IOException {
    gauges.idle();
    long ahead = moment - System.nanoTime();
    if (ahead <= SPIN) {
      selector.selectNow(onReady);
    } else if (ahead >= 3 * MILLI) {
      // In short steps, as a test may be ended early.
      selector.select(onReady, Math.min(ahead / MILLI - 1, 100));
    } else {
      alarm.set(moment - SPIN);
      selector.select(onReady);
    }
    gauges.busy();
  }

  private void ready(SelectionKey key) {
    gauges.busy();
    exchange.ready(key);
    // Before the next answer is read: with many to read, requests would be late, and the service
    // idle.
    long now = System.nanoTime();
    if (traffic.nextMoment(now) <= now) {
      traffic.begin(now, exchange);
    }
  }
}

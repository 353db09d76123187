package dev.mlops.loadtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToLongFunction;

/**
 * Loops in this process, a platform thread each: they spin now and then, which virtual threads must
 * not.
 */
final class LocalGenerator implements Generator {
  private final Work work;
  private final List<Loop> loops = new ArrayList<>();
  private final long[] idleSeen;
  private final CountDownLatch running;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final CpuQuota quota = CpuQuota.ofThisProcess();
  private long pausesSeen = pauses();
  private CpuQueue.Wait cpuWaitSeen = CpuQueue.Wait.NONE;
  private long lastLook;

  LocalGenerator(Work work, int count) {
    this.work = work;
    this.idleSeen = new long[count];
    this.running = new CountDownLatch(count);
    this.lastLook = work.schedule().start();
    Failure.prepare();
    try {
      for (int i = 0; i < count; i++) {
        loops.add(new Loop(work.with(work.share().split(i, count))));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  LocalGenerator start() {
    for (Loop loop : loops) {
      Thread.ofPlatform().daemon().name("load-" + loops.indexOf(loop)).start(() -> run(loop));
    }
    return this;
  }

  private void run(Loop loop) {
    try {
      loop.run();
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
      close();
    } finally {
      running.countDown();
    }
  }

  @Override
  public long collect(Harvest into) {
    for (Loop loop : loops) {
      Ledger ledger = loop.ledger();
      for (int i = 0; i < into.tasks().size(); i++) {
        ledger.measured().get(i).drainInto(into.tasks().get(i));
      }
      ledger.before().drainInto(into.excluded());
      loop.gauges().drainLagInto(into.lag());
    }
    into.add(gauge());
    return lastLook;
  }

  private Harvest.Gauge gauge() {
    long now = System.nanoTime();
    long pauses = pauses();
    CpuQueue.Wait cpuWait =
        loops.stream().map(Loop::cpuWait).reduce(CpuQueue.Wait.NONE, CpuQueue.Wait::plus);
    Harvest.Gauge gauge =
        new Harvest.Gauge(
            loops.stream().mapToInt(Loop::users).sum(),
            loops.stream().mapToInt(loop -> loop.gauges().connections()).sum(),
            busiest(Math.max(1, now - lastLook)),
            pauses - pausesSeen,
            sum(Gauges::localLimits),
            sum(Gauges::heldUp),
            sum(Gauges::heldBack),
            sum(Gauges::lostConnections),
            cpuWait.minus(cpuWaitSeen));
    lastLook = now;
    cpuWaitSeen = cpuWait;
    pausesSeen = pauses;
    return gauge;
  }

  private long sum(ToLongFunction<Gauges> count) {
    return loops.stream().map(Loop::gauges).mapToLong(count).sum();
  }

  private double busiest(long nanos) {
    double busiest = 0;
    for (int i = 0; i < idleSeen.length; i++) {
      long idle = loops.get(i).gauges().idleNanos();
      busiest = Math.max(busiest, 100 - 100.0 * (idle - idleSeen[i]) / nanos);
      idleSeen[i] = idle;
    }
    return Math.clamp(busiest, 0, 100);
  }

  /** Milliseconds in which nothing of this process ran. */
  private long pauses() {
    return quota.stoppedMillis()
        + ManagementFactory.getGarbageCollectorMXBeans().stream()
            .mapToLong(GarbageCollectorMXBean::getCollectionTime)
            .sum();
  }

  @Override
  public boolean awaitEnd(long nanos) throws InterruptedException {
    boolean ended = running.await(nanos, TimeUnit.NANOSECONDS);
    Throwable cause = failure.get();
    if (cause != null) {
      throw new IllegalStateException("a thread of the load tester broke down", cause);
    }
    return ended;
  }

  @Override
  public Findings findings() {
    List<Map<String, ErrorCount>> errors = new ArrayList<>();
    for (int task = 0; task < work.plan().tasks().size(); task++) {
      Map<String, ErrorCount> ofTask = new HashMap<>();
      for (Loop loop : loops) {
        loop.ledger()
            .measured()
            .get(task)
            .errors()
            .forEach((kind, count) -> ofTask.merge(kind, count, ErrorCount::plus));
      }
      errors.add(ofTask);
    }
    long start = work.schedule().start();
    List<SlowRequest> slowest =
        loops.stream().flatMap(loop -> loop.ledger().slowest().requests(start).stream()).toList();
    return new Findings(errors, Slowest.merge(slowest), List.of());
  }

  @Override
  public void stop() {
    work.schedule().endNow();
  }

  @Override
  public void change(double level) {
    work.level().set(level);
  }

  @Override
  public void close() {
    loops.forEach(Loop::abort);
  }
}

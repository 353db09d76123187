package dev.mlops.loadtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts load on a service and measures what its users would feel. */
public final class LoadTest {
  private static final int USERS_PER_LOOP = 64;
  private static final long SECOND = 1_000_000_000L;

  /** From the start of the threads to the first request. */
  private static final long LEAD = 20_000_000L;

  private final ReplicaSampler sampler;
  private volatile Schedule running;
  private volatile boolean stopped;

  public LoadTest(ReplicaSampler sampler) {
    this.sampler = sampler;
  }

  /**
   * Runs the plan to its end; an interrupt ends it at once and leaves no report.
   *
   * @param folder where the report goes; made if need be
   * @throws dev.mlops.problem.MlopsException if nothing answers at the target, there is nothing to
   *     send, or the report can't be written
   */
  public LoadResult run(LoadPlan plan, Path folder, LoadListener listener)
      throws InterruptedException {
    InetSocketAddress address = Target.reach(plan);
    RequestRing requests = RequestRing.render(plan);
    try (ReportFiles files = new ReportFiles(folder);
        ReplicaWatch replicas = new ReplicaWatch(sampler)) {
      Schedule schedule = new Schedule(plan, System.nanoTime() + LEAD);
      List<Loop> loops = loops(new Loop.Work(plan, address, requests, schedule));
      Observer observer = new Observer(plan, schedule, loops, replicas);
      Instant started = Instant.now();
      begin(schedule);
      try (LoopThreads threads = new LoopThreads(loops)) {
        observe(threads, schedule, observer, files, listener);
      }
      LoadResult result = result(plan, schedule, observer, loops, new Run(started, files.page()));
      files.write(result);
      return result;
    }
  }

  /** Ends a running test early: it awaits the answers under way and reports what it has. */
  public void stop() {
    stopped = true;
    Schedule schedule = running;
    if (schedule != null) {
      schedule.endNow();
    }
  }

  private record Run(Instant started, Path page) {}

  private void begin(Schedule schedule) {
    running = schedule;
    if (stopped) {
      schedule.endNow();
    }
  }

  private static List<Loop> loops(Loop.Work work) {
    int wanted = Math.ceilDiv(work.plan().users(), USERS_PER_LOOP);
    int count = Math.clamp(wanted, 1, Runtime.getRuntime().availableProcessors());
    List<Loop> loops = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        loops.add(new Loop(work, i, count));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return loops;
  }

  private static void observe(
      LoopThreads threads,
      Schedule schedule,
      Observer observer,
      ReportFiles files,
      LoadListener listener)
      throws InterruptedException {
    long tick = schedule.start();
    double before = 0;
    boolean running = true;
    while (running) {
      tick += SECOND;
      running = !threads.awaitEnd(tick - System.nanoTime());
      Snapshot snapshot = observer.look();
      files.log(before, snapshot.second(), observer);
      before = snapshot.second();
      listener.second(snapshot);
    }
  }

  private static LoadResult result(
      LoadPlan plan, Schedule schedule, Observer observer, List<Loop> loops, Run run) {
    Interval sums = observer.measured();
    Measured measured =
        new Measured(
            sums.latency(),
            sums.answers() + sums.errors(),
            sums.errors(),
            schedule.measuredSeconds());
    long localLimits = loops.stream().mapToLong(loop -> loop.gauges().localLimits()).sum();
    Evidence evidence =
        new Evidence(
            plan,
            run.started(),
            Evidence.Machine.here(),
            observer.timeline(),
            Evidence.Spectrum.of(sums.latency()),
            Evidence.Spectrum.of(sums.service()),
            errorsByKind(loops),
            new Judge(measured, observer.timeline(), observer.lag(), localLimits).checks(),
            observer.before().answers() + observer.before().errors(),
            observer.before().errors());
    return new LoadResult(
        measured.requests(),
        measured.errors(),
        measured.seconds(),
        measured.throughput(),
        Percentiles.of(sums.latency()),
        Percentiles.of(sums.service()),
        plan.gates().stream().map(gate -> gate.judge(measured)).toList(),
        evidence,
        run.page());
  }

  private static List<ErrorCount> errorsByKind(List<Loop> loops) {
    Map<String, ErrorCount> all = new TreeMap<>();
    for (Loop loop : loops) {
      loop.measured().errors().forEach((kind, count) -> all.merge(kind, count, ErrorCount::plus));
    }
    return all.values().stream()
        .sorted(Comparator.comparingLong(ErrorCount::count).reversed())
        .toList();
  }
}

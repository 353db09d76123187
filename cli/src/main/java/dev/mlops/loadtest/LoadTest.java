package dev.mlops.loadtest;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Puts load on a service and measures what its users would feel. One object for one test. */
public final class LoadTest {
  private final ReplicaSampler sampler;
  private final Launch launch;
  private final Optional<Baseline> baseline;
  private Optional<Thread> preparing = Optional.empty();
  private Optional<Generator> running = Optional.empty();
  private boolean stopped;
  private volatile boolean changed;
  private volatile Optional<String> endedEarly = Optional.empty();
  private boolean interrupted;

  public LoadTest(ReplicaSampler sampler, Launch launch, Optional<Baseline> baseline) {
    this.sampler = sampler;
    this.launch = launch;
    this.baseline = baseline;
  }

  /**
   * Runs the plan to its end. An interrupt ends it early: nothing more is sent, the answers under
   * way are awaited, and what was measured is reported, its gates not judged. The thread's
   * interrupt is used up by that.
   *
   * @param folder where the report goes; made if need be
   * @throws dev.mlops.problem.MlopsException if nothing answers at the target, there is nothing to
   *     send, or the report can't be written
   * @throws InterruptedException at an interrupt before the first request, which leaves nothing,
   *     and at one after the test was stopped
   */
  public LoadResult run(LoadPlan plan, Path folder, LoadListener listener)
      throws InterruptedException {
    prepare();
    try (Launch.Prepared prepared = launch.prepare(plan, listener::preparing);
        ReportFiles files = new ReportFiles(folder);
        ReplicaWatch replicas = new ReplicaWatch(sampler)) {
      Schedule schedule = new Schedule(plan, System.nanoTime() + prepared.lead().toNanos());
      Instant started = Instant.now().plus(prepared.lead());
      try (Generator generator = begin(prepared.start(schedule))) {
        Observer observer = new Observer(plan, schedule, generator, replicas);
        observe(generator, schedule, observer, listener, snapshot -> files.log(observer, snapshot));
        Verdict verdict = new Verdict(plan, observer, generator.findings(), changed);
        LoadResult result = verdict.result(started, endedEarly, files.page());
        return report(interrupted ? result.notJudged() : result, files);
      }
    }
  }

  private LoadResult report(LoadResult result, ReportFiles files) {
    LoadResult compared =
        baseline
            .map(before -> result.with(before.compare(result.evidence().timeline())))
            .orElse(result);
    files.write(compared);
    return compared;
  }

  /**
   * Ends a running test early: it awaits the answers under way and reports what it has. One that
   * has yet to begin ends as by an interrupt.
   */
  public synchronized void stop() {
    stopped = true;
    endedEarly = Optional.of("it was stopped");
    running.ifPresent(Generator::stop);
    preparing.ifPresent(Thread::interrupt);
  }

  /** Sets the plan's users, or its requests a second, aside from now on. */
  public synchronized void change(double level) {
    running.ifPresent(generator -> {
      changed = true;
      generator.change(level);
    });
  }

  private synchronized void prepare() throws InterruptedException {
    if (stopped) {
      throw new InterruptedException("The load test was stopped before it began.");
    }
    preparing = Optional.of(Thread.currentThread());
  }

  private synchronized Generator begin(Generator generator) {
    preparing = Optional.empty();
    running = Optional.of(generator);
    return generator;
  }

  private void observe(
      Generator generator,
      Schedule schedule,
      Observer observer,
      LoadListener listener,
      Consumer<Snapshot> log)
      throws InterruptedException {
    long seen = schedule.start();
    boolean goesOn = true;
    while (goesOn) {
      long tick = schedule.lookAfter(seen);
      try {
        goesOn = !generator.awaitEnd(tick - System.nanoTime());
        Snapshot snapshot = observer.look();
        log.accept(snapshot);
        listener.second(snapshot, observer.measured().totals());
        seen = tick;
        endAtBreach(generator, observer);
      } catch (InterruptedException e) {
        goesOn = true;
        interrupt(e);
        listener.stopping();
      }
    }
  }

  private void endAtBreach(Generator generator, Observer observer) {
    Optional<Gate> breach = endedEarly.isPresent() ? Optional.empty() : observer.breach();
    breach.ifPresent(gate -> {
      endedEarly = Optional.of("the gate " + gate + " did not hold");
      generator.stop();
    });
  }

  private synchronized void interrupt(InterruptedException e) throws InterruptedException {
    if (stopped) {
      throw e;
    }
    interrupted = true;
    stop();
    endedEarly = Optional.of("it was interrupted");
  }
}

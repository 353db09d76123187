package dev.mlops.loadtest;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

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

  public LoadTest(ReplicaSampler sampler, Launch launch, Optional<Baseline> baseline) {
    this.sampler = sampler;
    this.launch = launch;
    this.baseline = baseline;
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
    prepare();
    try (Launch.Prepared prepared = launch.prepare(plan, listener::preparing);
        ReportFiles files = new ReportFiles(folder);
        ReplicaWatch replicas = new ReplicaWatch(sampler)) {
      Schedule schedule = new Schedule(plan, System.nanoTime() + prepared.lead().toNanos());
      Instant started = Instant.now().plus(prepared.lead());
      try (Generator generator = begin(prepared.start(schedule))) {
        Observer observer = new Observer(plan, schedule, generator, replicas);
        observe(
            generator,
            schedule,
            observer,
            (snapshot, soFar) -> {
              files.log(observer, snapshot);
              listener.second(snapshot, soFar);
            });
        Verdict verdict = new Verdict(plan, observer, generator.findings(), changed);
        return report(verdict.result(started, endedEarly, files.page()), files);
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
      Generator generator, Schedule schedule, Observer observer, LoadListener listener)
      throws InterruptedException {
    long tick = schedule.start();
    boolean goesOn = true;
    while (goesOn) {
      tick = schedule.lookAfter(tick);
      goesOn = !generator.awaitEnd(tick - System.nanoTime());
      Snapshot snapshot = observer.look();
      listener.second(snapshot, observer.measured().totals());
      Optional<Gate> breach = endedEarly.isPresent() ? Optional.empty() : observer.breach();
      breach.ifPresent(gate -> {
        endedEarly = Optional.of("the gate " + gate + " did not hold");
        generator.stop();
      });
    }
  }
}

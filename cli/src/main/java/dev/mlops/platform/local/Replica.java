package dev.mlops.platform.local;

import dev.mlops.platform.Status;
import dev.mlops.platform.local.ReplicaState.Stage;
import dev.mlops.platform.local.proxy.Backend;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A place in the fleet: a process that is started again whenever it ends, until it is retired. */
final class Replica {
  private final String name;
  private final Launch launch;
  private final ReplicaLog log;
  private final ReplicaState state;
  private final BackOff backOff = new BackOff();
  private final Thread life;
  private volatile Optional<ReplicaRun> run = Optional.empty();
  private volatile Optional<Status.End> lastEnd = Optional.empty();
  private final AtomicInteger restarts = new AtomicInteger();
  private volatile boolean retired;

  /**
   * @param changed is run, on any thread, whenever the state has changed
   */
  Replica(String name, Launch launch, ReplicaLog log, Runnable changed) {
    this.name = name;
    this.launch = launch;
    this.log = log;
    this.state = new ReplicaState(changed);
    this.life = Thread.ofVirtual().name(name).unstarted(this::live);
  }

  void start() {
    life.start();
  }

  String name() {
    return name;
  }

  Launch launch() {
    return launch;
  }

  ReplicaLog log() {
    return log;
  }

  ReplicaState state() {
    return state;
  }

  /** When it came into its present state. */
  Instant since() {
    return state.since();
  }

  boolean isReady() {
    return state.stage() == Stage.READY;
  }

  Optional<ProcessHandle> process() {
    return run.map(ReplicaRun::process);
  }

  Optional<Backend> backend() {
    return run.map(ReplicaRun::backend);
  }

  Status.Replica status() {
    Optional<ReplicaRun> now = run;
    return new Status.Replica(
        name,
        state.stage().label(),
        restarts.get(),
        now.map(ReplicaRun::address),
        now.map(ReplicaRun::pid),
        Optional.of(since()),
        lastEnd);
  }

  /** Takes it out of rotation; its process goes on until {@link #end}. */
  void drain() {
    retired = true;
    state.enter(Stage.DRAINING, "");
  }

  /**
   * After {@link #drain}: lets requests under way finish, and ends the process; the grace period is
   * for both together. Returns when it has ended.
   */
  void end() throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(launch.graceSeconds()).toNanos();
    Optional<ReplicaRun> now = run;
    if (now.isPresent()) {
      now.get().end(deadline);
    }
    life.interrupt();
    life.join();
  }

  private void live() {
    try {
      while (!retired) {
        long started = System.nanoTime();
        String end = runOnce();
        if (!retired) {
          log.write("mlops: the replica " + end);
          Duration wait = backOff.after(Duration.ofNanos(System.nanoTime() - started));
          lastEnd = Optional.of(new Status.End(end, Optional.of(Instant.now())));
          state.enter(Stage.BACK_OFF, end + "; starts again after " + wait.toSeconds() + " s");
          Thread.sleep(wait);
          restarts.incrementAndGet();
        }
      }
    } catch (InterruptedException e) {
      // Retired in the midst of a wait.
    } finally {
      log.close();
      state.enter(Stage.ENDED, "");
    }
  }

  private String runOnce() throws InterruptedException {
    try {
      int port = FreePort.find();
      state.enter(Stage.STARTING, "");
      var now = new ReplicaRun(state, launch, ReplicaProcess.start(launch, port, log), port);
      run = Optional.of(now);
      if (retired) {
        // Retired between the start of the process and its being known.
        now.process().destroyForcibly();
      }
      return now.untilEnd();
    } catch (IOException | MlopsException e) {
      String how = "could not be started: " + e.getMessage();
      state.failStart(how);
      return how;
    } finally {
      run = Optional.empty();
    }
  }
}

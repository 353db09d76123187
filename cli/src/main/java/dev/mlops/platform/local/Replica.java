package dev.mlops.platform.local;

import dev.mlops.platform.Status;
import dev.mlops.platform.local.proxy.Backend;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A place in the fleet: a process that is started again whenever it ends, until it is retired. */
final class Replica {
  enum State {
    STARTING("starting"),
    READY("ready"),
    NOT_READY("not ready"),
    BACK_OFF("back-off"),
    DRAINING("draining"),
    ENDED("ended");

    private final String label;

    State(String label) {
      this.label = label;
    }
  }

  /**
   * A process that ended before it was ready.
   *
   * @param how such as "ended with exit code 1"
   */
  record FailedStart(String how, Instant at) {}

  private final String name;
  private final Launch launch;
  private final ReplicaLog log;
  private final Runnable changed;
  private final BackOff backOff = new BackOff();
  private final Thread life;
  private volatile State state = State.STARTING;
  private volatile Instant since = Instant.now();
  private volatile String trouble = "";
  private volatile Optional<Run> run = Optional.empty();
  private volatile Optional<FailedStart> failedStart = Optional.empty();
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
    this.changed = changed;
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

  State state() {
    return state;
  }

  Instant since() {
    return since;
  }

  boolean isReady() {
    return state == State.READY;
  }

  /** How the last process ended that never became ready, if one did. */
  Optional<FailedStart> failedStart() {
    return failedStart;
  }

  /** What stands between it and being ready, or empty. */
  String trouble() {
    return trouble;
  }

  Optional<ProcessHandle> process() {
    return run.map(r -> r.process.handle());
  }

  Optional<Backend> backend() {
    return run.map(r -> r.backend);
  }

  Status.Replica status() {
    Optional<Run> now = run;
    return new Status.Replica(
        name,
        state.label,
        restarts.get(),
        now.map(r -> URI.create("http://127.0.0.1:" + r.backend.address().getPort())),
        now.map(r -> r.process.pid()),
        Optional.of(since),
        lastEnd);
  }

  /** Takes it out of rotation; its process goes on until {@link #end}. */
  void drain() {
    retired = true;
    enter(State.DRAINING, "");
  }

  /**
   * After {@link #drain}: lets requests under way finish, and ends the process; the grace period is
   * for both together. Returns when it has ended.
   */
  void end() throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(launch.graceSeconds()).toNanos();
    Optional<Run> now = run;
    if (now.isPresent()) {
      now.get().backend.close();
      now.get().backend.awaitIdle(left(deadline));
      now.get().process.end(left(deadline));
    }
    life.interrupt();
    life.join();
  }

  private static Duration left(long deadline) {
    return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
  }

  private void live() {
    try {
      while (!retired) {
        Instant started = Instant.now();
        String end = runOnce();
        if (!retired) {
          log.write("mlops: the replica " + end);
          Duration wait = backOff.after(Duration.between(started, Instant.now()));
          lastEnd = Optional.of(new Status.End(end, Optional.of(Instant.now())));
          enter(State.BACK_OFF, end + "; starts again after " + wait.toSeconds() + " s");
          Thread.sleep(wait);
          restarts.incrementAndGet();
        }
      }
    } catch (InterruptedException e) {
      // Retired in the midst of a wait.
    } finally {
      log.close();
      enter(State.ENDED, "");
    }
  }

  private String runOnce() throws InterruptedException {
    try {
      int port = FreePort.find();
      enter(State.STARTING, "");
      var now = new Run(ReplicaProcess.start(launch, port, log), port);
      run = Optional.of(now);
      return now.untilEnd();
    } catch (IOException | MlopsException e) {
      String how = "could not be started: " + e.getMessage();
      failedStart = Optional.of(new FailedStart(how, Instant.now()));
      return how;
    } finally {
      run = Optional.empty();
    }
  }

  /** One process, and what belongs to it alone. */
  private final class Run implements Health.Verdict {
    private final ReplicaProcess process;
    private final Backend backend;
    private final Health health;
    private volatile String sentence = "";
    private volatile boolean wasReady;

    Run(ReplicaProcess process, int port) {
      this.process = process;
      this.backend = new Backend(port);
      this.health = new Health(launch.container().probes(), port, this);
    }

    String untilEnd() throws InterruptedException {
      if (retired) {
        // Retired between the start of the process and its being known.
        process.handle().destroyForcibly();
      }
      try (health) {
        health.start();
        String end = process.awaitEnd();
        return ended(sentence.isEmpty() ? end : "was ended because " + sentence);
      } finally {
        backend.close();
      }
    }

    private String ended(String how) {
      if (!wasReady) {
        failedStart = Optional.of(new FailedStart(how, Instant.now()));
      }
      enter(State.BACK_OFF, how); // before the process is forgotten: it must not pass for ready
      return how;
    }

    @Override
    public void ready(boolean ready, String why) {
      if (ready) {
        wasReady = true;
        enter(State.READY, "");
      } else {
        enter(state == State.STARTING ? State.STARTING : State.NOT_READY, why);
      }
    }

    @Override
    public void dead(String why) {
      sentence = why;
      enter(State.NOT_READY, why);
      try {
        process.end(Duration.ofSeconds(launch.graceSeconds()));
      } catch (InterruptedException e) {
        // It has ended meanwhile.
      }
    }
  }

  private void enter(State next, String why) {
    synchronized (this) {
      boolean isOver = state == State.ENDED || (state == State.DRAINING && next != State.ENDED);
      if (isOver) {
        return;
      }
      trouble = why;
      if (state == next) {
        return;
      }
      state = next;
      since = Instant.now();
    }
    changed.run();
  }
}

package dev.mlops.platform.local;

import dev.mlops.platform.local.ReplicaState.Stage;
import dev.mlops.platform.local.proxy.Backend;
import java.net.URI;
import java.time.Duration;

/** One process of a replica, and what belongs to it alone. */
final class ReplicaRun implements Health.Verdict {
  private final ReplicaState state;
  private final ReplicaProcess process;
  private final Duration grace;
  private final Backend backend;
  private final Health health;
  private volatile String sentence = "";
  private volatile boolean wasReady;

  /**
   * @param port that the process listens on
   */
  ReplicaRun(ReplicaState state, Launch launch, ReplicaProcess process, int port) {
    this.state = state;
    this.process = process;
    this.grace = Duration.ofSeconds(launch.graceSeconds());
    this.backend = new Backend(port);
    this.health = new Health(launch.container().probes(), port, this);
  }

  ProcessHandle process() {
    return process.handle();
  }

  long pid() {
    return process.pid();
  }

  Backend backend() {
    return backend;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + backend.address().getPort());
  }

  /** Watches over it until it ends; returns how. */
  String untilEnd() throws InterruptedException {
    try (health) {
      health.start();
      String end = process.awaitEnd();
      return ended(sentence.isEmpty() ? end : "was ended because " + sentence);
    } finally {
      backend.close();
    }
  }

  /** Lets requests under way finish, then ends the process, both before the deadline (nanoTime). */
  void end(long deadline) throws InterruptedException {
    backend.close();
    backend.awaitIdle(left(deadline));
    process.end(left(deadline));
  }

  private static Duration left(long deadline) {
    return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
  }

  private String ended(String how) {
    if (!wasReady) {
      state.failStart(how);
    }
    state.enter(Stage.BACK_OFF, how); // before the process is forgotten: it must not pass for ready
    return how;
  }

  @Override
  public void ready(boolean ready, String why) {
    if (ready) {
      wasReady = true;
      state.enter(Stage.READY, "");
    } else {
      state.enter(state.stage() == Stage.STARTING ? Stage.STARTING : Stage.NOT_READY, why);
    }
  }

  @Override
  public void dead(String why) {
    sentence = why;
    state.enter(Stage.NOT_READY, why);
    try {
      process.end(grace);
    } catch (InterruptedException e) {
      // It has ended meanwhile.
    }
  }
}

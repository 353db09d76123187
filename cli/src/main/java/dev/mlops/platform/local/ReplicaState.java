package dev.mlops.platform.local;

import java.time.Instant;
import java.util.Optional;

/** Where a replica stands, and why; whoever wants to know is told when that changes. */
final class ReplicaState {
  enum Stage {
    STARTING("starting"),
    READY("ready"),
    NOT_READY("not ready"),
    BACK_OFF("back-off"),
    DRAINING("draining"),
    ENDED("ended");

    private final String label;

    Stage(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  /**
   * A process that ended before it was ready.
   *
   * @param how such as "ended with exit code 1"
   * @param atNanos by {@link System#nanoTime}
   */
  record FailedStart(String how, long atNanos) {}

  private final Runnable changed;
  private volatile Stage stage = Stage.STARTING;
  private volatile Instant since = Instant.now();
  private volatile String trouble = "";
  private volatile Optional<FailedStart> failedStart = Optional.empty();

  /**
   * @param changed is run, on any thread, whenever the stage has changed
   */
  ReplicaState(Runnable changed) {
    this.changed = changed;
  }

  Stage stage() {
    return stage;
  }

  Instant since() {
    return since;
  }

  /** What stands between it and being ready, or empty. */
  String trouble() {
    return trouble;
  }

  /** How the last process ended that never became ready, if one did. */
  Optional<FailedStart> failedStart() {
    return failedStart;
  }

  /** To be called before {@link #enter} tells of the end. */
  void failStart(String how) {
    failedStart = Optional.of(new FailedStart(how, System.nanoTime()));
  }

  /** What drains does nothing else but end. */
  void enter(Stage next, String why) {
    synchronized (this) {
      boolean isOver = stage == Stage.ENDED || (stage == Stage.DRAINING && next != Stage.ENDED);
      if (isOver) {
        return;
      }
      trouble = why;
      if (stage == next) {
        return;
      }
      stage = next;
      since = Instant.now();
    }
    changed.run();
  }
}

package dev.mlops.service.http;

import java.time.Duration;

/** In what part of a request a connection is, and how long it may stay there. */
final class Phase {
  private final Patience patience;
  private Stage stage = Stage.IDLE;
  private long deadline;

  enum Stage {
    /** Between two requests. */
    IDLE,
    /** Some of a head has come. */
    HEAD,
    /** The head has come, and perhaps some of the body. */
    BODY,
    /** The request is whole, and waits for its turn. */
    QUEUED,
    /** The request is with its handler, which answers later. */
    LATER,
    /** The last answer is given and has yet to go out; whatever comes is forgotten. */
    CLOSING,
    /** The last answer has gone out; the client is to close. */
    LINGERING,
    CLOSED
  }

  Phase(Patience patience, long now) {
    this.patience = patience;
    enter(Stage.IDLE, now);
  }

  Stage stage() {
    return stage;
  }

  boolean is(Stage one) {
    return stage == one;
  }

  void enter(Stage next, long now) {
    stage = next;
    deadline = now + longest().toNanos();
  }

  boolean isOverdue(long now) {
    return !isBusy() && now - deadline >= 0;
  }

  /** Whether the client is to be answered before anything more of it is read. */
  boolean isBusy() {
    return stage == Stage.QUEUED || stage == Stage.LATER;
  }

  /** Whether requests are taken. */
  boolean isOpen() {
    return switch (stage) {
      case IDLE, HEAD, BODY -> true;
      case QUEUED, LATER, CLOSING, LINGERING, CLOSED -> false;
    };
  }

  /** Whether no more is answered. */
  boolean isEnding() {
    return switch (stage) {
      case IDLE, HEAD, BODY, QUEUED, LATER -> false;
      case CLOSING, LINGERING, CLOSED -> true;
    };
  }

  /** Whether there is no request, or no more of one than some of its head. */
  boolean isIdle() {
    return switch (stage) {
      case IDLE, HEAD, LINGERING -> true;
      case BODY, QUEUED, LATER, CLOSING, CLOSED -> false;
    };
  }

  /** Whether a request is under way that the client has yet to send, or an answer to take. */
  boolean isClientsTurn() {
    return switch (stage) {
      case BODY, CLOSING -> true;
      case IDLE, HEAD, QUEUED, LATER, LINGERING, CLOSED -> false;
    };
  }

  /** When it ends by itself if nothing comes. */
  long deadline() {
    return deadline;
  }

  private Duration longest() {
    return switch (stage) {
      case IDLE -> patience.idle();
      case HEAD -> patience.header();
      case BODY -> patience.body();
      case CLOSING -> patience.stalled();
      case LINGERING -> patience.linger();
      case QUEUED, LATER, CLOSED -> Duration.ZERO;
    };
  }
}

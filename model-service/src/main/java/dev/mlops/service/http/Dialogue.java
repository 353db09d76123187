package dev.mlops.service.http;

import dev.mlops.service.http.Phase.Stage;
import java.util.concurrent.Executor;

/** The requests of one connection and their answers, one after the other. */
final class Dialogue {
  private final Worker worker;
  private final Phase phase;
  private final boolean full;
  private final Executor later;
  private final Exchange exchange;
  private final Intake intake;
  private Fault refusal;
  private boolean unanswered;
  private long workedFrom;

  /**
   * @param full the server has as many connections as it takes: this one gets no work done
   * @param later runs what handlers answer with later, on the loop
   */
  Dialogue(Worker worker, Phase phase, Input input, boolean full, Executor later) {
    this.worker = worker;
    this.phase = phase;
    this.full = full;
    this.later = later;
    exchange = new Exchange(this, worker, input);
    intake = new Intake(input, exchange);
  }

  /** Goes one step on with what has come; false if that needs more of it. */
  boolean step() {
    return switch (intake.read()) {
      case NOTHING, BODY -> false;
      case HEAD -> {
        if (phase.is(Stage.IDLE)) {
          phase.enter(Stage.HEAD, System.nanoTime());
        }
        yield false;
      }
      case HEADED -> {
        begin();
        yield true;
      }
      case WHOLE -> {
        handle();
        yield true;
      }
      case BROKEN -> {
        refuseAndClose(intake.fault());
        yield false;
      }
    };
  }

  /** Answers what is under way, or the request that could not come, with the last answer. */
  void refuseAndClose(Fault fault) {
    if (!unanswered) {
      exchange.beginNone(System.nanoTime());
      begun();
    }
    refusal = fault;
    exchange.close();
    exchange.refuse(fault);
  }

  /** Gives the answer to the request under way. */
  void answer(Status status, Content content, byte[] body, int length, String code) {
    if (!unanswered) {
      throw new IllegalStateException("the request is answered already");
    }
    if (worker.draining()) {
      exchange.close();
    }
    worker.outbox().answer(exchange, status, content, body, length, worker.date());
    long now = System.nanoTime();
    if (refusal == null && !exchange.route().isQuiet() && !phase.is(Stage.LATER)) {
      backlog().worked(now - workedFrom);
    }
    ended(status, code, now);
    phase.enter(exchange.keepAlive() ? Stage.IDLE : Stage.CLOSING, now);
  }

  /** The request under way is answered by a task that is still to come. */
  Executor later() {
    phase.enter(Stage.LATER, exchange.startedAt());
    return later;
  }

  /** Runs the task that answers the request under way. */
  void resume(Runnable task) {
    worker.body().clear();
    try {
      task.run();
      if (phase.is(Stage.LATER)) {
        throw new IllegalStateException("no answer was given");
      }
    } catch (RuntimeException | Error e) {
      broken(e);
    }
  }

  /** There is nobody any more who could be answered. */
  void end() {
    if (unanswered) {
      ended(Status.CLIENT_LEFT, null, System.nanoTime());
    }
  }

  /** The head has come. What is refused is read all the same, or the next could not be found. */
  private void begin() {
    begun();
    phase.enter(Stage.BODY, exchange.startedAt());
    refusal = Admission.refusal(exchange, worker, full);
    boolean asked = exchange.head().expectation() != Head.Expectation.NOTHING;
    if (refusal != null && (asked || refusal == Fault.BODY_TOO_LARGE || full)) {
      // Whether a body that was asked for still comes is the client's choice.
      refuseAndClose(refusal);
    } else if (asked) {
      worker.outbox().goOn();
    }
  }

  private void handle() {
    workedFrom = backlog().now(exchange.startedAt());
    if (refusal == null && !exchange.route().isQuiet() && backlog().isAhead(workedFrom)) {
      phase.enter(Stage.QUEUED, workedFrom);
    } else {
      answer();
    }
  }

  /** Where the request under way waits if it has to. */
  Backlog backlog() {
    return worker.backlog(exchange.route());
  }

  /** Goes on with the request that has waited for its turn. */
  void proceed(boolean inTime) {
    workedFrom = System.nanoTime();
    refusal = inTime ? null : Fault.OVERLOADED;
    exchange.whole(exchange.bodyLength());
    answer();
  }

  private void answer() {
    if (refusal != null) {
      exchange.refuse(refusal);
    } else {
      ask(exchange.route().handler());
    }
    intake.done();
  }

  private void ask(Handler handler) {
    try {
      handler.handle(exchange, exchange);
      if (unanswered && !phase.is(Stage.LATER)) {
        throw new IllegalStateException("no answer was given");
      }
    } catch (RuntimeException | Error e) {
      broken(e);
    }
  }

  /** A fault of ours: the log has it, the client hears of no more than that. */
  private void broken(Throwable cause) {
    worker.log().broken(exchange, cause);
    if (unanswered) {
      exchange.refuse(Fault.INTERNAL_ERROR);
    }
  }

  private void begun() {
    unanswered = true;
    worker.inFlight().add(0, 1);
  }

  private void ended(Status status, String code, long now) {
    unanswered = false;
    long took = now - exchange.startedAt();
    worker.inFlight().add(0, -1);
    Meter.Loop meter = exchange.route().meter().loop(worker.thread());
    meter.ended(exchange.verb(), status, took);
    if (exchange.trace() != null) {
      meter.example(exchange.trace().context().traceId(), took);
    }
    worker.log().answered(exchange, status, code, took);
  }
}

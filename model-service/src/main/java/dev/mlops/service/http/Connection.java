package dev.mlops.service.http;

import dev.mlops.service.json.ByteSink;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.concurrent.Executor;

/** One connection: takes requests as they come and answers each before it looks at the next. */
final class Connection implements Loop.Waiting {
  private final Loop loop;
  private final Worker worker;
  private final Patience patience;
  private final Wire wire;
  private final boolean full;
  private final Input input;
  private final Exchange exchange;
  private final Intake intake;
  private Stage stage = Stage.IDLE;
  private Fault refusal;
  private long deadline;
  private long stallDeadline;
  private boolean unanswered;
  private boolean inputEnded;

  private enum Stage {
    /** Between two requests. */
    IDLE,
    /** Some of a head has come. */
    HEAD,
    /** The head has come, and perhaps some of the body. */
    BODY,
    /** The request is with its handler, which answers later. */
    LATER,
    /** The last answer is given; whatever comes is forgotten. */
    CLOSING,
    CLOSED
  }

  /**
   * @param full the server has as many connections as it takes: this one gets no work done
   */
  Connection(Loop loop, Patience patience, Wire wire, boolean full) {
    this.loop = loop;
    this.worker = loop.worker();
    this.patience = patience;
    this.wire = wire;
    this.full = full;
    input = new Input(worker.budget());
    exchange = new Exchange(this, worker, input);
    intake = new Intake(input, exchange);
    enter(Stage.IDLE, patience.idle(), System.nanoTime());
  }

  @Override
  public void ready(int operations) throws IOException {
    if ((operations & SelectionKey.OP_WRITE) != 0) {
      writable();
    }
    if ((operations & SelectionKey.OP_READ) != 0 && stage != Stage.CLOSED) {
      readable(loop.buffer());
    }
  }

  /** Bytes have come, or the end of the stream. */
  private void readable(byte[] buffer) throws IOException {
    int count = wire.read(buffer);
    inputEnded |= count < 0;
    if (stage != Stage.CLOSING && count > 0) {
      if (input.add(buffer, count)) {
        advance();
      } else {
        refuseAndClose(Fault.OVERLOADED);
      }
    }
    settle();
  }

  /** The client may take more of what waits for it. */
  private void writable() throws IOException {
    wire.writeOn();
    if (!wire.isStalled()) {
      enter(stage, patience.idle(), System.nanoTime());
      advance();
    }
    settle();
  }

  void closeIfIdle() {
    if (stage == Stage.IDLE) {
      close();
    }
  }

  void closeIfOverdue(long now) {
    if (wire.isStalled()) {
      if (now - stallDeadline >= 0) {
        close();
      }
    } else if (now - deadline >= 0) {
      expire();
    }
  }

  /** When it ends by itself if nothing comes; never if a request is under way. */
  long idleUntil() {
    return stage == Stage.IDLE || stage == Stage.HEAD ? deadline : Long.MAX_VALUE;
  }

  /** Ends at once, whatever is under way. */
  @Override
  public void close() {
    if (stage == Stage.CLOSED) {
      return;
    }
    stage = Stage.CLOSED;
    wire.close();
    worker.outbox().bytes().clear();
    input.release();
    if (unanswered) {
      ended(Status.CLIENT_LEFT, null, System.nanoTime());
    }
    loop.closed(this);
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
    ended(status, code, now);
    if (exchange.keepAlive()) {
      enter(Stage.IDLE, patience.idle(), now);
    } else {
      enter(Stage.CLOSING, patience.stalled(), now);
    }
  }

  /** The request under way is answered by a task that is still to come. */
  Executor later() {
    stage = Stage.LATER;
    return task -> loop.execute(() -> resume(task));
  }

  private void resume(Runnable task) {
    if (stage != Stage.LATER) {
      return;
    }
    worker.body().clear();
    try {
      task.run();
      if (stage == Stage.LATER) {
        throw new IllegalStateException("no answer was given");
      }
    } catch (RuntimeException e) {
      broken(e);
    }
    try {
      advance();
    } catch (IOException _) {
      close();
    }
    settleOrClose();
  }

  /** Takes one request after the other as long as there are whole ones. */
  private void advance() throws IOException {
    while (canTakeMore() && take(intake.read())) {
      if (worker.outbox().bytes().length() >= Limits.WRITE_BYTES) {
        flush();
      }
    }
  }

  private boolean canTakeMore() {
    return switch (stage) {
      case IDLE, HEAD, BODY -> !wire.isStalled();
      case LATER, CLOSING, CLOSED -> false;
    };
  }

  /** Does what the next request's progress asks for; false if it has to wait for more of it. */
  private boolean take(Intake.Progress progress) {
    return switch (progress) {
      case NOTHING, BODY -> false;
      case HEAD -> {
        if (stage == Stage.IDLE) {
          enter(Stage.HEAD, patience.header(), System.nanoTime());
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

  /** The head has come. What is refused is read all the same, or the next could not be found. */
  private void begin() {
    begun();
    enter(Stage.BODY, patience.body(), exchange.startedAt());
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
      if (unanswered && stage != Stage.LATER) {
        throw new IllegalStateException("no answer was given");
      }
    } catch (RuntimeException e) {
      broken(e);
    }
  }

  /** A fault of ours: the log has it, the client hears of no more than that. */
  private void broken(RuntimeException cause) {
    worker.log().broken(exchange, cause);
    if (unanswered) {
      exchange.refuse(Fault.INTERNAL_ERROR);
    }
  }

  private void refuseAndClose(Fault fault) {
    if (!unanswered) {
      exchange.beginNone(System.nanoTime());
      begun();
    }
    exchange.close();
    exchange.refuse(fault);
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

  private void expire() {
    switch (stage) {
      case HEAD, BODY -> {
        refuseAndClose(Fault.REQUEST_TIMEOUT);
        settleOrClose();
      }
      case IDLE, CLOSING -> close();
      case LATER, CLOSED -> {}
    }
  }

  /** What an event ends with: answers go out, bytes that wait for more are kept. */
  private void settle() throws IOException {
    if (stage == Stage.CLOSED) {
      return;
    }
    if (stage == Stage.CLOSING) {
      input.release();
    } else if (!input.keep()) {
      refuseAndClose(Fault.OVERLOADED);
    }
    flush();
    if (!wire.isStalled()) {
      closeIfDone();
    }
    if (stage != Stage.CLOSED) {
      wire.await(!inputEnded && !wire.isStalled() && stage != Stage.LATER);
    }
  }

  private void settleOrClose() {
    try {
      settle();
    } catch (IOException _) {
      close();
    }
  }

  private void flush() throws IOException {
    ByteSink bytes = worker.outbox().bytes();
    if (bytes.length() == 0) {
      return;
    }
    try {
      wire.write(bytes.array(), bytes.length());
    } finally {
      bytes.clear();
    }
    if (wire.isStalled()) {
      stallDeadline = System.nanoTime() + patience.stalled().toNanos();
    }
  }

  /**
   * After the last answer the client is to close: closing first would reset the connection if more
   * bytes came, and the answer would be lost.
   */
  private void closeIfDone() throws IOException {
    if (inputEnded && stage != Stage.LATER) {
      close();
    } else if (stage == Stage.CLOSING && wire.endOutput()) {
      enter(Stage.CLOSING, patience.linger(), System.nanoTime());
    }
  }

  private void enter(Stage next, Duration atMost, long now) {
    stage = next;
    deadline = now + atMost.toNanos();
  }
}

package dev.mlops.service.http;

import dev.mlops.service.http.Phase.Stage;
import dev.mlops.service.json.ByteSink;
import java.io.IOException;
import java.nio.channels.SelectionKey;

/** One connection: carries bytes between its socket and its {@link Dialogue}. */
final class Connection implements Loop.Waiting, Backlog.Turn {
  private final Loop loop;
  private final Worker worker;
  private final Wire wire;
  private final Phase phase;
  private final Input input;
  private final Dialogue dialogue;
  private boolean inputEnded;
  private boolean queued;
  private boolean acting;

  /**
   * @param full the server has as many connections as it takes: this one gets no work done
   */
  Connection(Loop loop, Patience patience, Wire wire, boolean full) {
    this.loop = loop;
    this.worker = loop.worker();
    this.wire = wire;
    phase = new Phase(patience, System.nanoTime());
    input = new Input(worker.budget());
    dialogue =
        new Dialogue(worker, phase, input, full, task -> loop.execute(() -> answerLater(task)));
  }

  @Override
  public void ready(int operations) throws IOException {
    acting = true;
    act(operations);
    acting = false;
  }

  private void act(int operations) throws IOException {
    if ((operations & SelectionKey.OP_WRITE) != 0) {
      writable();
    }
    if ((operations & SelectionKey.OP_READ) != 0 && !phase.is(Stage.CLOSED)) {
      if (phase.isBusy()) {
        // It has more to say than may be read now: it is asked again once it is answered.
        wire.await(false);
      } else {
        readable(loop.buffer());
      }
    }
  }

  /** Ends at once, whatever is under way. */
  @Override
  public void close() {
    if (phase.is(Stage.CLOSED)) {
      return;
    }
    phase.enter(Stage.CLOSED, System.nanoTime());
    wire.close();
    if (acting) {
      worker.outbox().bytes().clear();
      acting = false;
    }
    input.release();
    dialogue.end();
    loop.closed(this);
  }

  void closeIfIdle() {
    if (phase.is(Stage.IDLE)) {
      close();
    }
  }

  void closeIfOverdue(long now) {
    if (wire.isStalled()) {
      if (wire.isOverdue(now)) {
        close();
      }
    } else if (phase.isOverdue(now)) {
      expire();
    }
  }

  Phase phase() {
    return phase;
  }

  /** Bytes of what has come and of what has yet to go; 0 if it can't be closed just now. */
  int held() {
    return acting || phase.isBusy() ? 0 : input.held() + wire.held();
  }

  /** Bytes have come, or the end of the stream. */
  private void readable(byte[] buffer) throws IOException {
    int count = wire.read(buffer);
    inputEnded |= count < 0;
    if (count > 0 && !phase.isEnding()) {
      if (input.add(buffer, count)) {
        advance();
      } else {
        dialogue.refuseAndClose(Fault.OVERLOADED);
      }
    }
    settle();
  }

  /** The client may take more of what waits for it. */
  private void writable() throws IOException {
    wire.writeOn();
    if (!wire.isStalled()) {
      phase.enter(phase.stage(), System.nanoTime());
      advance();
    }
    settle();
  }

  /** The turn of the request that waits has come, or never will. */
  @Override
  public void come(boolean inTime) {
    queued = false;
    if (phase.is(Stage.QUEUED)) {
      goOn(() -> dialogue.proceed(inTime));
    }
  }

  private void answerLater(Runnable task) {
    if (phase.is(Stage.LATER)) {
      goOn(() -> dialogue.resume(task));
    }
  }

  private void goOn(Runnable next) {
    acting = true;
    try {
      next.run();
      advance();
      settle();
      acting = false;
    } catch (IOException _) {
      close();
    } catch (RuntimeException | Error e) {
      // A fault of ours costs the one connection, not all of them.
      worker.log().broken(e);
      close();
    }
  }

  private void expire() {
    switch (phase.stage()) {
      case HEAD, BODY -> goOn(() -> dialogue.refuseAndClose(Fault.REQUEST_TIMEOUT));
      case IDLE, CLOSING, LINGERING -> close();
      case QUEUED, LATER, CLOSED -> {}
    }
  }

  /** Takes one request after the other as long as there are whole ones. */
  private void advance() throws IOException {
    while (phase.isOpen() && !wire.isStalled() && dialogue.step()) {
      if (worker.outbox().bytes().length() >= Limits.WRITE_BYTES) {
        flush();
      }
    }
  }

  /** What an event ends with: answers go out, bytes that wait for more are kept. */
  private void settle() throws IOException {
    if (phase.isEnding()) {
      input.release();
    } else if (!input.keep()) {
      dialogue.refuseAndClose(Fault.OVERLOADED);
    }
    queue();
    flush();
    if (!wire.isStalled()) {
      closeIfDone();
    }
    if (!phase.is(Stage.CLOSED)) {
      // Few send more before they are answered: for a short wait the system is not told twice.
      wire.await(!inputEnded && !wire.isStalled() && !phase.is(Stage.LATER));
    }
  }

  private void queue() {
    if (phase.is(Stage.QUEUED) && !queued) {
      queued = true;
      dialogue.backlog().add(this);
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
  }

  /**
   * After the last answer the client is to close: closing first would reset the connection if more
   * bytes came, and the answer would be lost.
   */
  private void closeIfDone() throws IOException {
    if (inputEnded && !phase.isBusy()) {
      close();
    } else if (phase.is(Stage.CLOSING)) {
      wire.endOutput();
      phase.enter(Stage.LINGERING, System.nanoTime());
    }
  }
}

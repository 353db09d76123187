package dev.mlops.service.http;

import dev.mlops.service.json.ByteSink;
import java.util.concurrent.Executor;

/** The way back to the client of one request. Used on its event loop only. */
public interface Response {
  /** Takes the body; empty at first. */
  ByteSink body();

  /** Answers with what {@link #body()} holds. */
  void send(Status status, Content content);

  /**
   * Answers with what {@link #body()} holds and puts a fault's code in the log: for those who tell
   * faults in a form of their own.
   */
  void send(Status status, Content content, String code);

  /** Answers with a fault in the service's own form, whatever {@link #body()} holds. */
  void refuse(Fault fault);

  /**
   * Leaves the answer to a task that is given to the executor once, from whichever thread; it runs
   * on the event loop and calls one of the other methods. Until then the connection takes no other
   * request. The request itself is gone when the handler returns.
   */
  Executor later();
}

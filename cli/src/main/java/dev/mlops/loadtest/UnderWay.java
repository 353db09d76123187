package dev.mlops.loadtest;

import java.io.IOException;
import java.util.function.Supplier;

/** The requests of one loop that are under way, and each way in which they end. */
final class UnderWay {
  private static final long MILLI = 1_000_000;

  private final Schedule schedule;
  private final Traffic traffic;
  private final Gauges gauges;
  private final Ledger ledger;
  private final long timeout;
  private final InFlight inFlight = new InFlight();

  /**
   * @param traffic told of every end
   */
  UnderWay(Work work, Traffic traffic, Gauges gauges, Ledger ledger) {
    this.schedule = work.schedule();
    this.traffic = traffic;
    this.gauges = gauges;
    this.ledger = ledger;
    this.timeout = work.plan().timing().timeout().toNanos();
  }

  void add(User user) {
    inFlight.add(user);
  }

  boolean isEmpty() {
    return inFlight.isEmpty();
  }

  /** In an answer or not. */
  void end(User user, long now) {
    inFlight.remove(user);
    user.call.end();
    traffic.ended(user, now);
  }

  void failed(User user, IOException e) {
    if (!user.call.active()) {
      lost(user);
      return;
    }
    boolean stood = user.connection.stands();
    Failure failure = Failure.of(e, stood);
    gauges.failed(failure, schedule.counts(user.call.intended()));
    failed(user, failure.kind(), () -> String.valueOf(e.getMessage()));
  }

  void failed(User user, String kind, Supplier<String> example) {
    user.connection.failed();
    ledger.failed(user.call.task(), user.call.intended(), kind, example);
    lost(user);
    end(user, System.nanoTime());
  }

  /** Ends a connection, not by our choice. */
  void lost(User user) {
    if (user.connection.stands()) {
      gauges.lostConnection();
    }
    disconnect(user);
  }

  void disconnect(User user) {
    if (user.connection.stands()) {
      gauges.connected(-1);
    }
    user.connection.close();
  }

  /** Fails what has taken too long. */
  void expire(long now) {
    while (!inFlight.isEmpty() && inFlight.oldest().call.begun() + timeout <= now) {
      User user = inFlight.oldest();
      failed(user, Failure.TIMEOUT.kind(), () -> "no answer within " + timeout / MILLI + " ms");
    }
  }

  /** When {@link #expire} has something to do next. */
  long nextExpiry() {
    return inFlight.isEmpty() ? WaitQueue.NEVER : inFlight.oldest().call.begun() + timeout;
  }

  /** Gives up on all of them. */
  void abandon() {
    while (!inFlight.isEmpty()) {
      failed(inFlight.oldest(), Failure.UNFINISHED.kind(), () -> "");
    }
  }
}

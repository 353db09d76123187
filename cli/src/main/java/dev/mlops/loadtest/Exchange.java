package dev.mlops.loadtest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.Supplier;

/**
 * Sends requests and reads their answers, for one loop. In the steady state nothing is allocated:
 * users, buffers and requests are made before the start.
 */
final class Exchange implements Traffic.Sender {
  private static final int READ_BUFFER_BYTES = 65_536;
  private static final int EXAMPLE_BYTES = 400;
  private static final long MILLI = 1_000_000;

  private final Work work;
  private final Selector selector;
  private final Traffic traffic;
  private final Gauges gauges;
  private final Ledger ledger;
  private final Deck deck;
  private final AnswerCheck check;
  private final InFlight inFlight = new InFlight();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BUFFER_BYTES);
  private final long timeout;
  private long budget;

  Exchange(Work work, Selector selector, Traffic traffic, Gauges gauges, Ledger ledger) {
    this.work = work;
    this.selector = selector;
    this.traffic = traffic;
    this.gauges = gauges;
    this.ledger = ledger;
    this.deck = new Deck(work.scenario(), work.seed());
    this.check = new AnswerCheck(work.scenario().expected());
    this.timeout = work.plan().timing().timeout().toNanos();
    this.budget = work.share().countOf(work.plan().bounds().maxRequests());
  }

  @Override
  public User user() {
    return new User(new ResponseParser());
  }

  @Override
  public void send(User user, long intended, long possible) {
    long now = System.nanoTime();
    gauges.begun(now - possible, possible > intended, counts(intended));
    spend();
    Call call = user.call;
    call.begin(intended, now);
    deck.deal(call);
    check.expect(call.task(), user.connection.response());
    inFlight.add(user);
    try {
      if (user.connection.stands()) {
        write(user);
      } else if (user.connection.open(work.dialer(), selector, user)) {
        connected(user);
      }
    } catch (IOException e) {
      failed(user, e);
    }
  }

  /**
   * No test is without bounds: the whole of it ends with the first loop that has sent its share.
   */
  private void spend() {
    if (--budget <= 0) {
      work.schedule().endNow();
    }
  }

  private void connected(User user) throws IOException {
    gauges.connected(1);
    write(user);
  }

  private void write(User user) throws IOException {
    Call call = user.call;
    if (call.written() == 0) {
      call.sentAt(System.nanoTime());
    }
    ByteBuffer rest = deck.rest(call);
    int before = rest.position();
    user.connection.write(rest);
    call.wrote(rest.position() - before);
  }

  @Override
  public void unsent(long intended, Failure failure) {
    spend();
    gauges.failed(failure, counts(intended));
    ledger.failed(0, intended, failure.kind(), () -> "");
  }

  @Override
  public void retire(User user) {
    disconnect(user);
  }

  /** The selector has something to say of a connection. */
  void ready(SelectionKey key) {
    User user = (User) key.attachment();
    try {
      if (!user.connection.stands()) {
        if (user.connection.goOn()) {
          connected(user);
        }
        return;
      }
      if (key.isWritable()) {
        write(user);
      }
      if (key.isReadable()) {
        read(user);
      }
    } catch (IOException e) {
      failed(user, e);
    } catch (CancelledKeyException e) {
      // Closed by us a moment ago, while its event was on the way.
    }
  }

  private void read(User user) throws IOException {
    int bytes = user.connection.read(buffer);
    if (bytes == 0) {
      return;
    }
    if (!user.call.active()) {
      // The server closes an idle connection, or talks unasked: the next request takes a new one.
      lost(user);
      return;
    }
    buffer.flip();
    ResponseParser response = user.connection.response();
    switch (bytes < 0 ? response.atEndOfStream() : response.read(buffer)) {
      case DONE -> answered(user);
      case MALFORMED -> failed(user, Failure.NOT_HTTP.kind(), this::lastBytes);
      case MORE -> {
        if (bytes < 0) {
          failed(user, Failure.CLOSED.kind(), () -> "the server closed the connection");
        }
      }
    }
  }

  private void answered(User user) {
    long now = System.nanoTime();
    ResponseParser response = user.connection.response();
    Call call = user.call;
    String fault = check.fault(call.task(), response);
    if (fault == null) {
      ledger.answered(call, now);
    } else {
      ledger.failed(call.task(), call.intended(), fault, this::lastBytes);
    }
    if (user.refusals.answered(response, now, check.statusIsGood(call.task(), response))) {
      gauges.heldBack(counts(call.intended()));
    }
    if (!response.keepsAlive() || buffer.hasRemaining() || !deck.isWhole(call)) {
      lost(user);
    }
    end(user, now);
  }

  private boolean counts(long intended) {
    return intended >= work.schedule().measuredFrom();
  }

  private void failed(User user, IOException e) {
    if (!user.call.active()) {
      lost(user);
      return;
    }
    boolean stood = user.connection.stands();
    if (!stood) {
      user.connection.failed();
    }
    Failure failure = Failure.of(e, stood);
    gauges.failed(failure, counts(user.call.intended()));
    failed(user, failure.kind(), () -> String.valueOf(e.getMessage()));
  }

  private void failed(User user, String kind, Supplier<String> example) {
    ledger.failed(user.call.task(), user.call.intended(), kind, example);
    lost(user);
    end(user, System.nanoTime());
  }

  /** Not by our choice. */
  private void lost(User user) {
    if (user.connection.stands()) {
      gauges.lostConnection();
    }
    disconnect(user);
  }

  private void disconnect(User user) {
    if (user.connection.stands()) {
      gauges.connected(-1);
    }
    user.connection.close();
  }

  private void end(User user, long now) {
    inFlight.remove(user);
    user.call.end();
    traffic.ended(user, now);
  }

  /** Fails what has taken too long. */
  void expire(long now) {
    while (!inFlight.isEmpty() && inFlight.oldest().call.begun() + timeout <= now) {
      User user = inFlight.oldest();
      if (!user.connection.stands()) {
        user.connection.failed();
      }
      failed(user, Failure.TIMEOUT.kind(), () -> "no answer within " + timeout / MILLI + " ms");
    }
  }

  /** When {@link #expire} has something to do next. */
  long nextExpiry() {
    return inFlight.isEmpty() ? WaitQueue.NEVER : inFlight.oldest().call.begun() + timeout;
  }

  boolean isIdle() {
    return inFlight.isEmpty();
  }

  /** Gives up on all that is under way. */
  void abandon() {
    while (!inFlight.isEmpty()) {
      User user = inFlight.oldest();
      failed(user, Failure.UNFINISHED.kind(), () -> "");
    }
    traffic.abandon(this);
  }

  /** What was read last, for a report: enough to recognise the error. */
  private String lastBytes() {
    byte[] bytes = new byte[Math.min(buffer.limit(), EXAMPLE_BYTES)];
    buffer.get(0, bytes);
    return new String(bytes, UTF_8);
  }
}

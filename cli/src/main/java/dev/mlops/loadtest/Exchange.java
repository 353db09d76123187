package dev.mlops.loadtest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Optional;

/**
 * Sends requests and reads their answers, for one loop. In the steady state nothing is allocated:
 * users, buffers and requests are made before the start.
 */
final class Exchange implements Traffic.Sender {
  private static final int READ_BUFFER_BYTES = 65_536;
  private static final int EXAMPLE_BYTES = 400;

  private final Work work;
  private final Selector selector;
  private final UnderWay underWay;
  private final Gauges gauges;
  private final Ledger ledger;
  private final Deck deck;
  private final AnswerCheck check;
  private final Optional<SourcePorts> ports;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BUFFER_BYTES);
  private long budget;

  Exchange(Work work, Selector selector, UnderWay underWay, Gauges gauges, Ledger ledger) {
    this.work = work;
    this.selector = selector;
    this.underWay = underWay;
    this.gauges = gauges;
    this.ledger = ledger;
    this.deck = new Deck(work.scenario(), work.seed());
    this.check = new AnswerCheck(work.scenario().expected());
    this.ports = SourcePorts.of(work.plan(), work.share());
    this.budget = work.share().countOf(work.plan().bounds().maxRequests());
  }

  @Override
  public User user() {
    return new User(new ResponseParser());
  }

  @Override
  public void send(User user, long intended, long possible) {
    long now = System.nanoTime();
    gauges.begun(now - possible, possible > intended, work.schedule().counts(intended));
    spend();
    Call call = user.call;
    call.begin(intended, now);
    deck.deal(call);
    check.expect(call.task(), user.connection.response());
    underWay.add(user);
    try {
      if (user.connection.stands()) {
        write(user);
      } else if (user.connection.open(work.dialer(), ports, selector, user)) {
        connected(user);
      }
    } catch (IOException e) {
      underWay.failed(user, e);
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
    gauges.failed(failure, work.schedule().counts(intended));
    ledger.failed(0, intended, failure.kind(), () -> "");
  }

  @Override
  public void retire(User user) {
    underWay.disconnect(user);
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
      underWay.failed(user, e);
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
      underWay.lost(user);
      return;
    }
    buffer.flip();
    ResponseParser response = user.connection.response();
    switch (bytes < 0 ? response.atEndOfStream() : response.read(buffer)) {
      case DONE -> answered(user);
      case MALFORMED -> underWay.failed(user, Failure.NOT_HTTP.kind(), this::lastBytes);
      case MORE -> {
        if (bytes < 0) {
          underWay.failed(user, Failure.CLOSED.kind(), () -> "the server closed the connection");
        }
      }
    }
  }

  private void answered(User user) {
    long now = System.nanoTime();
    ResponseParser response = user.connection.response();
    Call call = user.call;
    user.connection.answered();
    String fault = check.fault(call.task(), response);
    if (fault == null) {
      ledger.answered(call, now);
    } else {
      ledger.failed(call.task(), call.intended(), fault, this::lastBytes);
    }
    if (user.refusals.answered(response, now, check.statusIsGood(call.task(), response))) {
      gauges.heldBack(work.schedule().counts(call.intended()));
    }
    if (!response.keepsAlive() || buffer.hasRemaining() || !deck.isWhole(call)) {
      underWay.lost(user);
    }
    underWay.end(user, now);
  }

  /** What was read last, for a report: enough to recognise the error. */
  private String lastBytes() {
    byte[] bytes = new byte[Math.min(buffer.limit(), EXAMPLE_BYTES)];
    buffer.get(0, bytes);
    return new String(bytes, UTF_8);
  }
}

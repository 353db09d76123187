package dev.mlops.loadtest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A share of the users on one thread. In the steady state nothing is allocated: users, buffers and
 * requests are made before the start.
 */
final class Loop implements Runnable {
  /** What all loops share. */
  record Work(LoadPlan plan, InetSocketAddress address, RequestRing requests, Schedule schedule) {}

  private static final int READ_BUFFER_BYTES = 65_536;
  private static final int EXAMPLE_BYTES = 400;
  private static final long MILLI = 1_000_000;

  /** An alarm rings some 0.1 ms late; the rest of the way is spun. */
  private static final long SPIN = 120_000;

  private static final long LONGEST_DRAIN = 15_000 * MILLI;

  private final Work work;
  private final RequestRing requests;
  private final Gauges gauges = new Gauges();
  private final Recording before = new Recording();
  private final Recording measured = new Recording();
  private final List<User> users = new ArrayList<>();
  private final WaitQueue waiting;
  private final InFlight inFlight = new InFlight();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BUFFER_BYTES);
  private final Pacing pacing;
  private final Consumer<SelectionKey> onReady = this::ready;
  private final Selector selector;
  private final long timeout;
  private int nextRequest;
  private volatile boolean aborted;

  /**
   * @param first this loop's first user, of all
   * @param step the distance to its next one: the number of loops
   */
  Loop(Work work, int first, int step) throws IOException {
    this.work = work;
    this.requests = work.requests().view();
    this.timeout = work.plan().timing().timeout().toNanos();
    this.pacing = new Pacing(work.plan().waitTime(), work.plan().seed() + first);
    this.nextRequest = pacing.anyOf(requests.size());
    this.selector = Selector.open();
    this.waiting = new WaitQueue((work.plan().users() - first + step - 1) / step);
    for (int i = first; i < work.plan().users(); i += step) {
      User user = new User();
      users.add(user);
      waiting.add(user, work.schedule().start() + (long) (i / work.plan().spawnRate() * 1e9));
    }
  }

  Gauges gauges() {
    return gauges;
  }

  /** Requests that were meant for the time before the measured one. */
  Recording before() {
    return before;
  }

  Recording measured() {
    return measured;
  }

  /** Ends it within a tenth of a second; for other threads. */
  void abort() {
    aborted = true;
  }

  @Override
  public void run() {
    try (selector;
        Alarm alarm = new Alarm(selector, Thread.currentThread().getName() + "-alarm")) {
      for (long now = System.nanoTime(); goesOn(now); now = System.nanoTime()) {
        begin(now);
        expire(now);
        await(nextMoment(now), alarm);
      }
      abandon();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      users.forEach(User::disconnect);
    }
  }

  private boolean goesOn(long now) {
    long end = work.schedule().end();
    if (aborted) {
      return false;
    }
    return now < end || (!inFlight.isEmpty() && now < end + LONGEST_DRAIN);
  }

  /** Begins every request whose moment has come. */
  private void begin(long now) {
    long end = work.schedule().end();
    while (waiting.nextDue() <= now) {
      long due = waiting.nextDue();
      User user = waiting.remove();
      if (due < end) {
        begin(user, due);
      }
    }
  }

  private void begin(User user, long due) {
    long now = System.nanoTime();
    gauges.begun(now - due, due >= work.schedule().measuredFrom());
    user.begin(due, now, nextRequest);
    nextRequest = nextRequest + 1 == requests.size() ? 0 : nextRequest + 1;
    inFlight.add(user);
    try {
      if (user.connected()) {
        user.write(requests);
      } else if (user.connect(selector, work.address())) {
        connected(user);
      }
    } catch (IOException e) {
      failed(user, e);
    }
  }

  private void connected(User user) throws IOException {
    gauges.connected(1);
    user.connectionStands();
    user.write(requests);
  }

  private void expire(long now) {
    while (!inFlight.isEmpty() && inFlight.oldest().begun() + timeout <= now) {
      User user = inFlight.oldest();
      if (!user.connected()) {
        user.connectionFailed();
      }
      failed(user, Failure.TIMEOUT.kind(), () -> "no answer within " + timeout / MILLI + " ms");
    }
  }

  private long nextMoment(long now) {
    long expiry = inFlight.isEmpty() ? WaitQueue.NEVER : inFlight.oldest().begun() + timeout;
    long end = work.schedule().end();
    long boundary = now < end ? end : end + LONGEST_DRAIN;
    return Math.min(Math.min(waiting.nextDue(), expiry), boundary);
  }

  private void await(long moment, Alarm alarm) throws IOException {
    gauges.idle();
    long ahead = moment - System.nanoTime();
    if (ahead <= SPIN) {
      selector.selectNow(onReady);
    } else if (ahead >= 3 * MILLI) {
      // In short steps, as a test may be ended early.
      selector.select(onReady, Math.min(ahead / MILLI - 1, 100));
    } else {
      alarm.set(moment - SPIN);
      selector.select(onReady);
    }
    gauges.busy();
  }

  private void ready(SelectionKey key) {
    gauges.busy();
    User user = (User) key.attachment();
    try {
      if (key.isConnectable()) {
        user.finishConnect();
        connected(user);
        return;
      }
      if (key.isWritable()) {
        user.write(requests);
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
    int bytes = user.read(buffer);
    if (!user.busy()) {
      // The server closes an idle connection, or talks unasked: the next request takes a new one.
      disconnect(user);
      return;
    }
    buffer.flip();
    ResponseParser.Progress progress =
        bytes < 0 ? user.response().atEndOfStream() : user.response().read(buffer);
    switch (progress) {
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
    ResponseParser response = user.response();
    if (response.status() / 100 != 2) {
      recording(user).failed("status " + response.status(), this::lastBytes);
    } else if (!response.bodyIsPlausible()) {
      recording(user).failed(Failure.BAD_BODY.kind(), this::lastBytes);
    } else {
      recording(user).answered(now - user.intended(), now - user.sent());
    }
    if (!response.keepsAlive() || buffer.hasRemaining() || !user.hasWritten(requests)) {
      disconnect(user);
    }
    rest(user, now);
  }

  private void failed(User user, IOException e) {
    if (!user.busy()) {
      disconnect(user);
      return;
    }
    boolean wasConnected = user.connected();
    if (!wasConnected) {
      user.connectionFailed();
    }
    Failure failure = Failure.of(e, wasConnected);
    gauges.failed(failure);
    failed(user, failure.kind(), () -> String.valueOf(e.getMessage()));
  }

  private void failed(User user, String kind, Supplier<String> example) {
    recording(user).failed(kind, example);
    disconnect(user);
    rest(user, System.nanoTime());
  }

  private void disconnect(User user) {
    if (user.connected()) {
      gauges.connected(-1);
    }
    user.disconnect();
  }

  /** The wait starts with the answer, as a person's would. */
  private void rest(User user, long now) {
    inFlight.remove(user);
    user.end();
    long due = now + pacing.rest(user.failedConnections());
    if (due < work.schedule().end()) {
      waiting.add(user, due);
    }
  }

  private void abandon() {
    while (!inFlight.isEmpty()) {
      User user = inFlight.oldest();
      recording(user).failed(Failure.UNFINISHED.kind(), () -> "");
      inFlight.remove(user);
    }
  }

  private Recording recording(User user) {
    return user.intended() >= work.schedule().measuredFrom() ? measured : before;
  }

  /** What was read last, for a report: enough to recognise the error. */
  private String lastBytes() {
    byte[] bytes = new byte[Math.min(buffer.limit(), EXAMPLE_BYTES)];
    buffer.get(0, bytes);
    return new String(bytes, UTF_8);
  }
}

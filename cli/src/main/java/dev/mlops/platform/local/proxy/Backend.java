package dev.mlops.platform.local.proxy;

import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A replica as the proxy sees it: its address, how many requests are under way there, and the idle
 * connections, which belong to the event loop that made them.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel: that is heard
public final class Backend {
  private static final int IDLE_PER_LOOP = 256;
  private static final long POLL_MILLIS = 5;

  private final InetSocketAddress address;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Map<EventLoop, Deque<Upstream>> idle = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * @param port on the loopback address
   */
  public Backend(int port) {
    this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  public InetSocketAddress address() {
    return address;
  }

  /** No new requests from now on; idle connections are closed, requests under way go on. */
  public void close() {
    closed = true;
    idle.forEach((loop, free) -> loop.execute(() -> closeAll(free)));
  }

  /**
   * Waits until no request is under way.
   *
   * @return false if there still was one after {@code longest}
   */
  public boolean awaitIdle(Duration longest) throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    while (inFlight.get() > 0) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(POLL_MILLIS);
    }
    return true;
  }

  int inFlight() {
    return inFlight.get();
  }

  /** Counts before it looks: a {@link #close} that does not see the count is seen here. */
  boolean enter() {
    inFlight.incrementAndGet();
    if (closed) {
      inFlight.decrementAndGet();
      return false;
    }
    return true;
  }

  void leave() {
    inFlight.decrementAndGet();
  }

  /** Must be called on the loop, as must {@link #giveBack} and {@link #forget}. */
  Optional<Upstream> takeIdle(EventLoop loop) {
    Deque<Upstream> free = idle(loop);
    Upstream upstream;
    while ((upstream = free.pollLast()) != null) {
      if (upstream.channel().isActive()) {
        return Optional.of(upstream);
      }
    }
    return Optional.empty();
  }

  void giveBack(Upstream upstream) {
    Deque<Upstream> free = idle(upstream.channel().eventLoop());
    if (closed || free.size() >= IDLE_PER_LOOP) {
      upstream.channel().close();
    } else {
      free.addLast(upstream);
    }
  }

  void forget(Upstream upstream) {
    idle(upstream.channel().eventLoop()).remove(upstream);
  }

  private Deque<Upstream> idle(EventLoop loop) {
    return idle.computeIfAbsent(loop, _ -> new ArrayDeque<>());
  }

  private static void closeAll(Deque<Upstream> free) {
    Upstream upstream;
    while ((upstream = free.poll()) != null) {
      upstream.channel().close();
    }
  }
}

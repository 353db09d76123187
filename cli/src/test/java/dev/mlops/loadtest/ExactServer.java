package dev.mlops.loadtest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.PriorityQueue;
import java.util.function.LongUnaryOperator;
import org.HdrHistogram.Histogram;

/**
 * A server whose delays are known: it never sleeps, so that it answers when it is to, and writes
 * down how long it really held each request.
 */
final class ExactServer implements AutoCloseable {
  private static final byte[] ANSWER = StubServer.GOOD.getBytes(UTF_8);

  private record Due(long moment, long came, SocketChannel channel) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      return Long.compare(moment, other.moment);
    }
  }

  private final Selector selector = Selector.open();
  private final ServerSocketChannel listener = ServerSocketChannel.open();
  private final LongUnaryOperator answerAt;
  private final PriorityQueue<Due> due = new PriorityQueue<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(65_536);
  private final Histogram held = Times.histogram();
  private final Thread thread;
  private volatile boolean closed;

  /**
   * @param answerAt from the moment at which a request came to that of its answer; nanoseconds
   */
  ExactServer(LongUnaryOperator answerAt) throws IOException {
    this.answerAt = answerAt;
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4_096);
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT);
    thread = Thread.ofPlatform().daemon().start(this::run);
  }

  static ExactServer delaying(long nanos) throws IOException {
    return new ExactServer(came -> came + nanos);
  }

  URI address() throws IOException {
    return URI.create(
        "http://127.0.0.1:" + ((InetSocketAddress) listener.getLocalAddress()).getPort());
  }

  /** How long requests were really held; once it is closed. */
  Histogram held() {
    return held;
  }

  private void run() {
    try {
      while (!closed) {
        selector.selectNow(this::ready);
        for (Due next = due.peek();
            next != null && next.moment <= System.nanoTime();
            next = due.peek()) {
          due.remove();
          answer(next);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer(Due next) throws IOException {
    try {
      held.recordValue(System.nanoTime() - next.came);
      next.channel.write(ByteBuffer.wrap(ANSWER));
    } catch (IOException e) {
      next.channel.close();
    }
  }

  private void ready(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        SocketChannel channel = listener.accept();
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
        return;
      }
      SocketChannel channel = (SocketChannel) key.channel();
      int bytes = channel.read(buffer.clear());
      if (bytes < 0) {
        channel.close();
        return;
      }
      // Requests are small and come one at a time: what is readable is a whole one.
      long now = System.nanoTime();
      due.add(new Due(answerAt.applyAsLong(now), now, channel));
    } catch (IOException e) {
      key.cancel();
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}

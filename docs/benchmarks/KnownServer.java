import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.PriorityQueue;

/**
 * A server of which it is known how long each answer takes: it never sleeps, so that it answers when
 * it is to.
 *
 * <p>Usage: {@code java KnownServer.java PORT DELAY-MILLIS FREEZE-FROM-MILLIS FREEZE-MILLIS FILE}; the
 * freeze counts from the first request: what comes while it lasts is answered a delay after its end.
 * When it is told to end it writes to the file how long it held the requests: on a machine that
 * others use, too, that is more than was asked of it.
 */
final class KnownServer implements Runnable {
  private static final long MILLI = 1_000_000;
  private static final byte[] ANSWER =
      ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 23\r\n\r\n"
              + "{\"prediction\":\"setosa\"}")
          .getBytes(US_ASCII);

  private record Due(long moment, long came, SocketChannel channel) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      return Long.compare(moment, other.moment);
    }
  }

  private final Selector selector = Selector.open();
  private final ServerSocketChannel listener = ServerSocketChannel.open();
  private final PriorityQueue<Due> due = new PriorityQueue<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(65_536);
  private final ByteBuffer answer = ByteBuffer.allocateDirect(256);
  private final long delay;
  private final long freezeFrom;
  private final long freeze;
  private long first = Long.MAX_VALUE;
  private final long[] held = new long[1_000_000];
  private int answered;

  private KnownServer(int port, double delay, double freezeFrom, double freeze) throws IOException {
    this.delay = (long) (delay * MILLI);
    this.freezeFrom = (long) (freezeFrom * MILLI);
    this.freeze = (long) (freeze * MILLI);
    listener.bind(new InetSocketAddress("127.0.0.1", port), 4_096);
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT);
  }

  public static void main(String[] args) throws IOException {
    KnownServer server =
        new KnownServer(
            Integer.parseInt(args[0]),
            Double.parseDouble(args[1]),
            Double.parseDouble(args[2]),
            Double.parseDouble(args[3]));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> server.tell(Path.of(args[4]))));
    server.run();
  }

  private void tell(Path file) {
    int count = answered;
    long[] sorted = Arrays.copyOf(held, count);
    Arrays.sort(sorted);
    try {
      Files.writeString(
          file,
          String.format(
              Locale.ROOT,
              "p50 %.3f p99 %.3f p99.9 %.3f requests %d%n",
              at(sorted, 0.5),
              at(sorted, 0.99),
              at(sorted, 0.999),
              count));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In milliseconds; 0 if there was nothing. */
  private static double at(long[] sorted, double share) {
    return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(share * sorted.length) - 1] / 1e6;
  }

  @Override
  public void run() {
    try {
      while (true) {
        selector.selectNow(this::ready);
        while (!due.isEmpty() && due.peek().moment <= System.nanoTime()) {
          send(due.remove());
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void send(Due next) throws IOException {
    try {
      held[answered % held.length] = System.nanoTime() - next.came;
      answered++;
      next.channel.write(answer.clear().put(ANSWER).flip());
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
      if (channel.read(buffer.clear()) < 0) {
        channel.close();
        return;
      }
      // Requests are small and come one at a time: what is readable is a whole one.
      long now = System.nanoTime();
      due.add(new Due(answerAt(now), now, channel));
    } catch (IOException e) {
      key.cancel();
    }
  }

  private long answerAt(long now) {
    if (first == Long.MAX_VALUE) {
      first = now;
    }
    long from = first + freezeFrom;
    boolean frozen = freeze > 0 && now >= from && now < from + freeze;
    return (frozen ? from + freeze : now) + delay;
  }
}

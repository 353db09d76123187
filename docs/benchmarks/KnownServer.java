import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.PriorityQueue;

/**
 * A server of which it is known how long each answer takes: it never sleeps, so that it answers when
 * it is to.
 *
 * <p>Usage: {@code java KnownServer.java PORT DELAY-MILLIS [FREEZE-FROM-MILLIS FREEZE-MILLIS]}; the
 * freeze counts from the first request: what comes while it lasts is answered a delay after its end.
 */
final class KnownServer implements Runnable {
  private static final long MILLI = 1_000_000;
  private static final byte[] ANSWER =
      ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 23\r\n\r\n"
              + "{\"prediction\":\"setosa\"}")
          .getBytes(US_ASCII);

  private record Due(long moment, SocketChannel channel) implements Comparable<Due> {
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

  private KnownServer(int port, double delay, double freezeFrom, double freeze) throws IOException {
    this.delay = (long) (delay * MILLI);
    this.freezeFrom = (long) (freezeFrom * MILLI);
    this.freeze = (long) (freeze * MILLI);
    listener.bind(new InetSocketAddress("127.0.0.1", port), 4_096);
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT);
  }

  public static void main(String[] args) throws IOException {
    boolean freezes = args.length > 2;
    new KnownServer(
            Integer.parseInt(args[0]),
            Double.parseDouble(args[1]),
            freezes ? Double.parseDouble(args[2]) : 0,
            freezes ? Double.parseDouble(args[3]) : 0)
        .run();
  }

  @Override
  public void run() {
    try {
      while (true) {
        selector.selectNow(this::ready);
        while (!due.isEmpty() && due.peek().moment <= System.nanoTime()) {
          send(due.remove().channel);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void send(SocketChannel channel) throws IOException {
    try {
      channel.write(answer.clear().put(ANSWER).flip());
    } catch (IOException e) {
      channel.close();
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
      due.add(new Due(answerAt(System.nanoTime()), channel));
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

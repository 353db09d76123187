import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends requests at moments that are fixed beforehand, however slow the answers are, and prints the
 * times from those moments: what a caller would see; and how late it was itself. A connection
 * beside the others asks for the liveness check all the while.
 *
 * <p>Usage: {@code java OpenLoop.java PORT RATE SECONDS CONNECTIONS BODY-FILE}; a quarter of the
 * time more before it, which does not count.
 */
final class OpenLoop {
  private static final long SECOND = 1_000_000_000L;
  private static final byte[] LENGTH = "Content-Length: ".getBytes(US_ASCII);
  private static final byte[] RETRY = "Retry-After: ".getBytes(US_ASCII);

  /** One connection with at most one request under way. */
  private static final class Line {
    final SocketChannel channel;
    final byte[] request;
    long due;
    long sent;

    Line(int port, Selector selector, byte[] request) throws IOException {
      this.request = request;
      channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, this);
    }

    void send(ByteBuffer buffer, long moment) throws IOException {
      due = moment;
      buffer.clear().put(request).flip();
      sent = System.nanoTime();
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    }
  }

  /** Times in nanoseconds, kept whole; no array grows while it counts. */
  private static final class Times {
    static final int MOST = 4_000_000;
    final long[] nanos = new long[MOST];
    int count;

    void add(long time) {
      nanos[count++ % MOST] = time;
    }

    String show() {
      long[] sorted = Arrays.copyOf(nanos, Math.min(count, MOST));
      Arrays.sort(sorted);
      return count == 0
          ? "none"
          : String.format(
              Locale.ROOT,
              "p50 %.0f  p90 %.0f  p99 %.0f  p99.9 %.0f  max %.0f us",
              at(sorted, 0.5),
              at(sorted, 0.9),
              at(sorted, 0.99),
              at(sorted, 0.999),
              sorted[sorted.length - 1] / 1e3);
    }

    /**
     * A machine that takes the CPU away for a moment spoils some seconds, and not the rest.
     *
     * @param rate how many make a second
     */
    String medianOfSeconds(int rate) {
      int seconds = Math.min(count, MOST) / rate;
      double[] worst = new double[seconds];
      for (int i = 0; i < seconds; i++) {
        long[] second = Arrays.copyOfRange(nanos, i * rate, (i + 1) * rate);
        Arrays.sort(second);
        worst[i] = at(second, 0.99);
      }
      Arrays.sort(worst);
      return seconds == 0
          ? "none"
          : String.format(
              Locale.ROOT,
              "%.0f us (%d seconds: %.0f to %.0f)",
              worst[seconds / 2],
              seconds,
              worst[0],
              worst[seconds - 1]);
    }

    private static double at(long[] sorted, double share) {
      return sorted[(int) Math.ceil(share * sorted.length) - 1] / 1e3;
    }
  }

  private final Selector selector = Selector.open();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(4 << 20);
  private final byte[] bytes = new byte[64 * 1024];
  private final Deque<Line> free = new ArrayDeque<>();
  private final Deque<Long> waiting = new ArrayDeque<>();
  private final Line health;
  private final Times good = new Times();
  private final Times served = new Times();
  private final Times late = new Times();
  private final Times refused = new Times();
  private final Times checks = new Times();
  private final List<String> faults = new ArrayList<>();
  private long from;

  private OpenLoop(int port, int connections, String body) throws IOException {
    byte[] request =
        ("POST /predict HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body)
            .getBytes(US_ASCII);
    for (int i = 0; i < connections; i++) {
      free.add(new Line(port, selector, request));
    }
    byte[] check = "GET /live_check HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII);
    health = new Line(port, selector, check);
  }

  public static void main(String[] args) throws IOException {
    String body = Files.readString(Path.of(args[4])).strip();
    int seconds = Integer.parseInt(args[2]);
    new OpenLoop(Integer.parseInt(args[0]), Integer.parseInt(args[3]), body)
        .run(Double.parseDouble(args[1]), seconds);
  }

  private void run(double rate, int seconds) throws IOException {
    long start = System.nanoTime();
    from = start + seconds * SECOND / 4;
    long end = from + seconds * SECOND;
    long next = 0;
    health.send(buffer, start);
    for (long now = start; now < end; now = System.nanoTime()) {
      while (start + (long) (next * SECOND / rate) <= now) {
        waiting.add(start + (long) (next++ * SECOND / rate));
      }
      send();
      if (selector.selectNow(this::read) == 0) {
        // Not to take the CPU whole: the kernel would take it away for longer.
        LockSupport.parkNanos(1);
      }
    }
    print(rate, seconds);
  }

  private void send() throws IOException {
    while (!waiting.isEmpty() && !free.isEmpty()) {
      long due = waiting.poll();
      Line line = free.poll();
      line.send(buffer, due);
      if (line.sent >= from) {
        late.add(line.sent - line.due);
      }
    }
  }

  private void read(SelectionKey key) {
    Line line = (Line) key.attachment();
    try {
      buffer.clear();
      int count = line.channel.read(buffer);
      long now = System.nanoTime();
      if (count < 0) {
        throw new IOException("closed");
      }
      buffer.flip().get(bytes, 0, Math.min(count, bytes.length));
      take(line, count, now);
    } catch (IOException e) {
      key.cancel();
      faults.add(e.getMessage());
    }
  }

  private void take(Line line, int count, long now) throws IOException {
    int length = find(LENGTH, count);
    if (length < 0) {
      throw new IOException("an answer in pieces");
    }
    int status = (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + bytes[11] - '0';
    if (line == health) {
      checks.add(now - line.sent);
      if (status != 200) {
        faults.add("live_check " + status);
      }
      health.send(buffer, now);
      return;
    }
    if (now >= from) {
      count(status, line, count, now);
    }
    free.add(line);
  }

  private void count(int status, Line line, int count, long now) {
    switch (status) {
      case 200 -> {
        good.add(now - line.due);
        served.add(now - line.sent);
      }
      case 429, 503 -> {
        refused.add(now - line.sent);
        if (find(RETRY, count) < 0) {
          faults.add("no Retry-After");
        }
      }
      default -> faults.add("status " + status);
    }
  }

  private int find(byte[] word, int count) {
    for (int i = 0; i <= count - word.length; i++) {
      if (bytes[i] == word[0] && Arrays.equals(bytes, i, i + word.length, word, 0, word.length)) {
        return i + word.length;
      }
    }
    return -1;
  }

  private void print(double rate, int seconds) {
    System.out.printf(
        Locale.ROOT,
        "asked %.0f/s: answered %.0f/s, refused %.0f/s, faults %d %s%n",
        rate,
        (double) good.count / seconds,
        (double) refused.count / seconds,
        faults.size(),
        faults.stream().distinct().toList());
    System.out.println("  answers, from the moment due: " + good.show());
    System.out.println("  of that, until sent:          " + late.show());
    System.out.println("  of that, from being sent:     " + served.show());
    System.out.println("  in the median second, p99:    " + good.medianOfSeconds((int) rate));
    System.out.println("  refusals, from being sent:    " + refused.show());
    System.out.println("  liveness checks:              " + checks.show());
  }
}

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
 * times from those moments: what a caller would see. They are the sum of two, which are printed,
 * too: how late the client itself came to it, because the machine had stopped it, and the rest,
 * with the wait for a free connection, which is the server's. A connection beside the others asks
 * for the liveness check all the while.
 *
 * <p>Usage: {@code java OpenLoop.java PORT RATE SECONDS CONNECTIONS BODY-FILE [PATH [PID]]}; a
 * quarter of the time more before it, which does not count. PATH is /predict; of the process PID
 * the CPU time for each request is printed, too.
 */
final class OpenLoop {
  private static final long SECOND = 1_000_000_000L;
  private static final double MICROS_PER_TICK = 10_000;
  private static final byte[] LENGTH = "Content-Length: ".getBytes(US_ASCII);
  private static final byte[] RETRY = "Retry-After: ".getBytes(US_ASCII);

  /**
   * A request.
   *
   * @param moment at which it is to be sent
   * @param noticed when the client came to it
   */
  private record Due(long moment, long noticed) {}

  /** One connection with at most one request under way. */
  private static final class Line {
    final SocketChannel channel;
    final byte[] request;
    Due due;

    Line(int port, Selector selector, byte[] request) throws IOException {
      this.request = request;
      channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, this);
    }

    void send(ByteBuffer buffer, Due one) throws IOException {
      due = one;
      buffer.clear().put(request).flip();
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
  private final Deque<Due> waiting = new ArrayDeque<>();
  private final Line health;
  private final Times good = new Times();
  private final Times served = new Times();
  private final Times late = new Times();
  private final Times refused = new Times();
  private final Times checks = new Times();
  private final List<String> faults = new ArrayList<>();
  private long from;

  private OpenLoop(int port, int connections, String path, String body) throws IOException {
    byte[] request =
        ("POST "
                + path
                + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
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
    String path = args.length > 5 ? args[5] : "/predict";
    double rate = Double.parseDouble(args[1]);
    int seconds = Integer.parseInt(args[2]);
    OpenLoop loop = new OpenLoop(Integer.parseInt(args[0]), Integer.parseInt(args[3]), path, body);
    long ticks = args.length > 6 ? ticks(args[6]) : 0;
    loop.run(rate, seconds);
    if (args.length > 6) {
      double micros = (ticks(args[6]) - ticks) * MICROS_PER_TICK / (rate * seconds * 5 / 4);
      System.out.printf(Locale.ROOT, "  CPU time for each request:    %.1f us%n", micros);
    }
  }

  /** The CPU time of a process: fields 14 and 15 of {@code /proc/PID/stat}, proc(5). */
  private static long ticks(String pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", pid, "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 0);
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }

  private void run(double rate, int seconds) throws IOException {
    long start = System.nanoTime();
    from = start + seconds * SECOND / 4;
    long end = from + seconds * SECOND;
    long next = 0;
    health.send(buffer, new Due(start, start));
    for (long now = start; now < end; now = System.nanoTime()) {
      while (start + (long) (next * SECOND / rate) <= now) {
        waiting.add(new Due(start + (long) (next++ * SECOND / rate), now));
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
      free.poll().send(buffer, waiting.poll());
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
      checks.add(now - line.due.noticed);
      if (status != 200) {
        faults.add("live_check " + status);
      }
      health.send(buffer, new Due(now, now));
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
        good.add(now - line.due.moment);
        late.add(line.due.noticed - line.due.moment);
        served.add(now - line.due.noticed);
      }
      case 429, 503 -> {
        refused.add(now - line.due.noticed);
        if (find(RETRY, count) < 0) {
          faults.add("no Retry-After");
        }
      }
      case 404 -> refused.add(now - line.due.noticed);
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
    System.out.println("  of that, the client's:        " + late.show());
    System.out.println("  of that, the server's:        " + served.show());
    System.out.println("  in the median second, p99:    " + served.medianOfSeconds((int) rate));
    System.out.println("  refusals, the server's part:  " + refused.show());
    System.out.println("  liveness checks:              " + checks.show());
  }
}

package dev.mlops.loadtest;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The ports that many connections to one address come from, one after the other. Left to itself,
 * Linux takes every other port; when these are used up it looks through all of them again for each
 * connection, which takes milliseconds (<a
 * href="https://github.com/torvalds/linux/blob/v6.6/net/ipv4/inet_hashtables.c">{@code
 * __inet_hash_connect}</a>). One for each loop, used by its thread alone.
 */
final class SourcePorts {
  /** From here on it matters: every other port of the usual range is 14,116. */
  private static final double MANY = 10_000;

  private static final Path RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
  private static final int MOST_ATTEMPTS = 2_000;

  private final int first;
  private final int count;
  private int next;

  /**
   * @param last the last one, too, may be taken
   * @param share which of all loops' this is: each begins elsewhere
   */
  SourcePorts(int first, int last, Share share) {
    this.first = first;
    this.count = last - first + 1;
    this.next = (int) ((long) count * share.index() / share.of());
  }

  /** Absent where the system does well by itself. */
  static Optional<SourcePorts> of(LoadPlan plan, Share share) {
    boolean many = plan.load() instanceof Load.Closed closed && closed.users().highest() > MANY;
    if (!many || !Files.isReadable(RANGE)) {
      return Optional.empty();
    }
    // The kernel hands such a file out once: to a read that is large enough for all of it.
    try (BufferedReader reader = Files.newBufferedReader(RANGE)) {
      String[] range = reader.readLine().strip().split("\\s+", -1);
      return Optional.of(
          new SourcePorts(Integer.parseInt(range[0]), Integer.parseInt(range[1]), share));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * A channel that connects, or stands already.
   *
   * @throws BindException if none of them is free
   */
  SocketChannel connect(InetSocketAddress address) throws IOException {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      int port = first + next;
      next = (next + 1) % count;
      SocketChannel channel = SocketChannel.open();
      try {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        channel.bind(new InetSocketAddress(port));
        channel.connect(address);
        return channel;
      } catch (BindException e) {
        channel.close(); // Taken, or not yet free again.
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    }
    throw new BindException("no port is free to connect from");
  }
}

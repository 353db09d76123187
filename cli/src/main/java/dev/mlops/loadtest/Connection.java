package dev.mlops.loadtest;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** A user's connection: opened when it is needed, kept as long as the server keeps it. */
final class Connection {
  private final ResponseParser response;
  private SocketChannel channel;
  private SelectionKey key;
  private Wire wire;
  private boolean stands;
  private boolean answered;
  private int failures;
  private int inVain;

  Connection(ResponseParser response) {
    this.response = response;
  }

  /** Whether requests can go over it. */
  boolean stands() {
    return stands;
  }

  /** Begins to connect; whether it stands at once. Otherwise the selector will tell. */
  boolean open(Dialer dialer, Optional<SourcePorts> ports, Selector selector, User user)
      throws IOException {
    answered = false;
    channel =
        ports.isPresent() ? ports.get().connect(dialer.address()) : connecting(dialer.address());
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    boolean connected = channel.isConnected();
    wire = dialer.wire(channel);
    key = channel.register(selector, SelectionKey.OP_CONNECT, user);
    return connected && goOn();
  }

  private static SocketChannel connecting(InetSocketAddress address) throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.configureBlocking(false);
      channel.connect(address);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Goes on with connecting, as the selector said that it can; whether it stands now. */
  boolean goOn() throws IOException {
    if (channel.isConnected() || channel.finishConnect()) {
      stands = wire.establish();
      key.interestOps(interest(wire.flushed()));
    }
    if (stands) {
      failures = 0;
    }
    return stands;
  }

  /**
   * Sends what there is room for; the selector tells when there is room for more.
   *
   * @return whether all of it is out
   */
  boolean write(ByteBuffer bytes) throws IOException {
    wire.write(bytes);
    boolean out = !bytes.hasRemaining() && wire.flushed();
    int wanted = interest(out);
    if (key.interestOps() != wanted) {
      key.interestOps(wanted);
    }
    return out;
  }

  private static int interest(boolean out) {
    return out ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
  }

  /** Bytes that came, 0 if there is nothing to read yet, or -1 at the end of the stream. */
  int read(ByteBuffer buffer) throws IOException {
    return wire.read(buffer.clear());
  }

  ResponseParser response() {
    return response;
  }

  /** Leaves nothing behind; the next request opens another. */
  void close() {
    stands = false;
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // Nobody waits for anything from it any more.
      }
      channel = null;
      key = null;
      wire = null;
    }
  }

  /** How often in a row none could be opened. */
  int failures() {
    return failures;
  }

  /** How often in a row one could not be opened, or ended before its first answer. */
  int inVain() {
    return inVain;
  }

  /** An answer came over it. */
  void answered() {
    answered = true;
    inVain = 0;
  }

  /** Its request has failed. */
  void failed() {
    if (!stands) {
      failures++;
    }
    if (!answered) {
      inVain++;
    }
  }
}

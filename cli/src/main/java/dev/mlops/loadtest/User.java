package dev.mlops.loadtest;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One user: a connection of its own and at most one request under way. Made once, then reused. */
final class User {
  /** Neighbours in {@link InFlight}. */
  User before;

  User after;

  private final ResponseParser response = new ResponseParser();
  private SocketChannel channel;
  private SelectionKey key;
  private boolean busy;
  private long intended;
  private long begun;
  private long sent;
  private int request;
  private int written;
  private int failedConnections;

  /**
   * @param intended when the request should be sent
   * @param now when it is
   * @param request its index in the ring
   */
  void begin(long intended, long now, int request) {
    this.busy = true;
    this.intended = intended;
    this.begun = now;
    this.sent = now;
    this.request = request;
    this.written = 0;
    response.reset();
  }

  void end() {
    busy = false;
  }

  boolean busy() {
    return busy;
  }

  boolean connected() {
    return channel != null && channel.isConnected();
  }

  /** Whether the connection stands at once; otherwise the selector will tell. */
  boolean connect(Selector selector, InetSocketAddress address) throws IOException {
    channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    boolean connected = channel.connect(address);
    key = channel.register(selector, SelectionKey.OP_CONNECT, this);
    if (connected) {
      key.interestOps(SelectionKey.OP_READ);
    }
    return connected;
  }

  void finishConnect() throws IOException {
    channel.finishConnect();
    key.interestOps(SelectionKey.OP_READ);
  }

  /** Sends what is left of the request; the selector tells when there is room for more. */
  void write(RequestRing requests) throws IOException {
    if (written == 0) {
      sent = System.nanoTime();
    }
    written += channel.write(requests.rest(request, written));
    int interest =
        hasWritten(requests) ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
    if (key.interestOps() != interest) {
      key.interestOps(interest);
    }
  }

  /** Whether the whole request is out. */
  boolean hasWritten(RequestRing requests) {
    return written == requests.length(request);
  }

  /** Bytes that came, or -1 at the end of the stream. */
  int read(ByteBuffer buffer) throws IOException {
    return channel.read(buffer.clear());
  }

  ResponseParser response() {
    return response;
  }

  /** Leaves no connection behind; the next request opens another. */
  void disconnect() {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // Nobody waits for anything from it any more.
      }
      channel = null;
      key = null;
    }
  }

  long intended() {
    return intended;
  }

  /** When work on the request began: connecting, or sending where a connection stood. */
  long begun() {
    return begun;
  }

  long sent() {
    return sent;
  }

  /** How often in a row no connection could be opened. */
  int failedConnections() {
    return failedConnections;
  }

  void connectionFailed() {
    failedConnections++;
  }

  void connectionStands() {
    failedConnections = 0;
  }
}

package dev.mlops.loadtest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** TLS over a socket that never blocks, by the JDK's engine. */
final class TlsWire implements Wire {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final SocketChannel channel;
  private final SSLEngine engine;
  private final ByteBuffer in;
  private final ByteBuffer out;
  private boolean ended;

  /**
   * @param engine in client mode, that has not begun
   */
  TlsWire(SocketChannel channel, SSLEngine engine) throws SSLException {
    this.channel = channel;
    this.engine = engine;
    this.in = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    this.out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize()).flip();
    engine.beginHandshake();
  }

  @Override
  public boolean establish() throws IOException {
    ByteBuffer early = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
    while (flush()) {
      switch (engine.getHandshakeStatus()) {
        case FINISHED, NOT_HANDSHAKING -> {
          return true;
        }
        case NEED_TASK -> runTasks();
        case NEED_WRAP -> wrap(NOTHING);
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
          if (!unwrapOne(early)) {
            return false;
          }
        }
      }
    }
    return false;
  }

  /** Reads more from the socket if need be; whether a record was there. */
  private boolean unwrapOne(ByteBuffer into) throws IOException {
    SSLEngineResult result = unwrap(into);
    if (result.getStatus() != SSLEngineResult.Status.BUFFER_UNDERFLOW) {
      return true;
    }
    int bytes = channel.read(in);
    if (bytes < 0) {
      throw new SSLException("the server closed the connection in the handshake");
    }
    return bytes > 0;
  }

  private SSLEngineResult unwrap(ByteBuffer into) throws SSLException {
    in.flip();
    try {
      return engine.unwrap(in, into);
    } finally {
      in.compact();
    }
  }

  private void wrap(ByteBuffer from) throws SSLException {
    out.clear();
    try {
      SSLEngineResult result = engine.wrap(from, out);
      if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
        throw new SSLException("the connection is closed");
      }
    } finally {
      out.flip();
    }
  }

  private void runTasks() {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
  }

  /** All records that are whole fit into the buffer of the caller: it is larger than {@code in}. */
  @Override
  public int read(ByteBuffer into) throws IOException {
    int start = into.position();
    int bytes = channel.read(in);
    ended |= bytes < 0;
    while (true) {
      SSLEngineResult result = unwrap(into);
      if (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
        runTasks();
      }
      ended |= result.getStatus() == SSLEngineResult.Status.CLOSED;
      if (result.getStatus() != SSLEngineResult.Status.OK || result.bytesConsumed() == 0) {
        break;
      }
    }
    if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && flush()) {
      wrap(NOTHING); // The server wants new keys.
      flush();
    }
    int plain = into.position() - start;
    return plain == 0 && ended ? -1 : plain;
  }

  @Override
  public void write(ByteBuffer from) throws IOException {
    while (flush() && from.hasRemaining()) {
      wrap(from);
    }
  }

  private boolean flush() throws IOException {
    if (out.hasRemaining()) {
      channel.write(out);
    }
    return flushed();
  }

  @Override
  public boolean flushed() {
    return !out.hasRemaining();
  }
}

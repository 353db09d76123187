package dev.mlops.loadtest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** What bytes go over once a socket is connected. Never blocks. */
sealed interface Wire permits Wire.Plain, TlsWire {
  /** Goes on with what has to be said before any data; whether that is done. */
  boolean establish() throws IOException;

  /** Bytes that came, 0 if there are none yet, or -1 at the end of the stream. */
  int read(ByteBuffer into) throws IOException;

  /** Takes what there is room for. */
  void write(ByteBuffer from) throws IOException;

  /** Whether all that was taken has left. */
  boolean flushed();

  /** The socket itself. */
  record Plain(SocketChannel channel) implements Wire {
    @Override
    public boolean establish() {
      return true;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      return channel.read(into);
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
      channel.write(from);
    }

    @Override
    public boolean flushed() {
      return true;
    }
  }
}

package dev.mlops.service.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;

/** Takes connections and deals them out to the loops in turn. Lives on the first of them. */
final class Listener implements Loop.Waiting {
  private static final int BACKLOG = 1024;
  private static final int AT_ONCE = 64;

  private final Listen listen;
  private final List<Loop> loops;
  private final ServerSocketChannel channel;
  private int next;

  /**
   * Binds the port.
   *
   * @throws IOException if it can't be bound: taken, or not allowed
   */
  Listener(Listen listen, List<Loop> loops) throws IOException {
    this.listen = listen;
    this.loops = loops;
    channel = ServerSocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(new InetSocketAddress(listen.host(), listen.port()), BACKLOG);
      loops.getFirst().register(channel, SelectionKey.OP_ACCEPT).attach(this);
    } catch (IOException | RuntimeException e) {
      close();
      throw e instanceof IOException cause ? cause : new IOException(e.getMessage(), e);
    }
  }

  int port() throws IOException {
    return ((InetSocketAddress) channel.getLocalAddress()).getPort();
  }

  @Override
  public void ready(int operations) {
    for (int i = 0; i < AT_ONCE && takeOne(); i++) {
      // as many as there are, but what is open has its turn, too
    }
  }

  /** Takes who is in the queue already, and then nobody any more. */
  void stop() {
    for (int i = 0; i < BACKLOG && takeOne(); i++) {
      // as many as the queue can hold; closing would reset them
    }
    close();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // It takes no more connections all the same.
    }
  }

  private boolean takeOne() {
    try {
      SocketChannel client = channel.accept();
      if (client == null) {
        return false;
      }
      Loop loop = loops.get(next);
      next = (next + 1) % loops.size();
      if (loop == loops.getFirst()) {
        loop.adopt(client, listen);
      } else {
        loop.execute(() -> loop.adopt(client, listen));
      }
      return true;
    } catch (IOException _) {
      // No more files can be open: the one that waits can come in if another goes.
      loops.getFirst().makeRoom();
      return false;
    }
  }
}

package dev.mlops.service.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** The socket of one connection, and what it could not yet send. */
final class Wire {
  private static final byte[] NONE = {};

  private final SocketChannel channel;
  private final SelectionKey key;
  private final ByteBuffer transfer;
  private final Budget budget;
  private final long patience;
  private byte[] waiting = NONE;
  private int sent;
  private int interest;
  private long deadline;

  /**
   * @param transfer direct memory that the loop's sockets share
   * @param patience how long the client may take for a good part of what waits for it
   */
  Wire(
      SocketChannel channel,
      SelectionKey key,
      ByteBuffer transfer,
      Budget budget,
      Duration patience) {
    this.channel = channel;
    this.key = key;
    this.transfer = transfer;
    this.budget = budget;
    this.patience = patience.toNanos();
    this.interest = key.interestOps();
  }

  /**
   * Reads what has come.
   *
   * @return how many bytes, or -1 at the end of the client's stream
   */
  int read(byte[] bytes) throws IOException {
    transfer.clear().limit(Math.min(transfer.capacity(), bytes.length));
    int count = channel.read(transfer);
    if (count > 0) {
      transfer.get(0, bytes, 0, count);
    }
    return count;
  }

  /**
   * Sends; what the client does not take now waits in memory.
   *
   * @throws IOException if there is none for it, or the client has gone
   */
  void write(byte[] bytes, int length) throws IOException {
    int done = isStalled() ? 0 : send(bytes, 0, length);
    if (done < length) {
      int left = waiting.length - sent;
      if (!budget.take(length - done)) {
        throw new IOException("too many clients that do not read");
      }
      byte[] all = new byte[left + length - done];
      System.arraycopy(waiting, sent, all, 0, left);
      System.arraycopy(bytes, done, all, left, length - done);
      budget.give(sent);
      waiting = all;
      sent = 0;
      deadline = System.nanoTime() + patience;
    }
  }

  /** Sends what waits. */
  void writeOn() throws IOException {
    sent = send(waiting, sent, waiting.length);
    if (sent == waiting.length) {
      release();
    }
  }

  /** How much memory waits for the client. */
  int held() {
    return waiting.length;
  }

  /** Whether the client has yet to take what was written. */
  boolean isStalled() {
    return waiting.length > 0;
  }

  /** Whether one that is stalled has been for too long. */
  boolean isOverdue(long now) {
    return now - deadline >= 0;
  }

  /**
   * What to wait for.
   *
   * @param input the client's next bytes; that it takes more is waited for if it is stalled
   */
  void await(boolean input) {
    int wanted = (input ? SelectionKey.OP_READ : 0) | (isStalled() ? SelectionKey.OP_WRITE : 0);
    if (wanted != interest) {
      interest = wanted;
      key.interestOps(wanted);
    }
  }

  /** Sends the end of the stream; the client may still send. */
  void endOutput() throws IOException {
    channel.shutdownOutput();
  }

  void close() {
    release();
    try {
      channel.close();
    } catch (IOException _) {
      // It is gone all the same.
    }
  }

  private void release() {
    budget.give(waiting.length);
    waiting = NONE;
    sent = 0;
  }

  private int send(byte[] bytes, int from, int to) throws IOException {
    int at = from;
    while (at < to) {
      int count = Math.min(to - at, transfer.capacity());
      transfer.clear().put(0, bytes, at, count).limit(count);
      int taken = channel.write(transfer);
      at += taken;
      if (taken < count) {
        return at;
      }
    }
    return at;
  }
}

package dev.mlops.service.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** One thread that serves its share of the connections, and runs what others give it. */
final class Loop implements Executor {
  private static final int TICK_MILLIS = 1000;
  private static final int BUFFER = 64 * 1024;

  private final Worker worker;
  private final Room room;
  private final Selector selector;
  private final Thread thread;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final ByteBuffer transfer = ByteBuffer.allocateDirect(BUFFER);
  private final byte[] buffer = new byte[BUFFER];
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile boolean stopped;
  private long nextTick = System.nanoTime();
  private boolean woken;

  /** Something that waits for a socket. */
  interface Waiting {
    /** The socket is ready for some of what is waited for: {@link SelectionKey#readyOps}. */
    void ready(int operations) throws IOException;

    void close();
  }

  /**
   * @param open how many connections there are on all loops
   */
  Loop(Worker worker, AtomicInteger open) throws IOException {
    this.worker = worker;
    room = new Room(open);
    worker.budget().shedBy(room::closeLargest);
    selector = Selector.open();
    thread = Thread.ofPlatform().name("loop-" + worker.thread()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Closes every connection and ends the thread. */
  void stop() throws InterruptedException {
    stopped = true;
    selector.wakeup();
    thread.join();
  }

  Worker worker() {
    return worker;
  }

  /** Where a connection reads to; for the time of one event. */
  byte[] buffer() {
    return buffer;
  }

  /** Runs a task on the loop's thread, and waits for it; does nothing once the loop has ended. */
  void runAndWait(Runnable task) {
    CompletableFuture.anyOf(CompletableFuture.runAsync(task, this), ended).join();
  }

  /** Runs a task on the loop's thread, soon. */
  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  /** Waits for a socket; on the loop's thread, or before it is started. */
  SelectionKey register(SelectableChannel channel, int operations) throws IOException {
    channel.configureBlocking(false);
    return channel.register(selector, operations);
  }

  /** Serves a connection, if there is room for it or can be made. */
  void adopt(SocketChannel channel, Listen listen) {
    Room.Entry entry = room.enter(listen.connections());
    try {
      if (entry == Room.Entry.NONE) {
        throw new IOException("too many connections");
      }
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      SelectionKey key = register(channel, SelectionKey.OP_READ);
      Patience patience = listen.patience();
      Wire wire = new Wire(channel, key, transfer, worker.budget(), patience.stalled());
      boolean full = entry == Room.Entry.CHECKS;
      Connection connection = new Connection(this, patience, wire, full);
      key.attach(connection);
      room.add(connection);
    } catch (IOException _) {
      room.leave();
      close(channel);
    }
  }

  void closed(Connection connection) {
    room.remove(connection);
    room.leave();
  }

  void closeIdle() {
    room.forEach(Connection::closeIfIdle);
  }

  /** Closes some connections that nobody will miss much. */
  void makeRoom() {
    room.make();
  }

  private void run() {
    try {
      while (!stopped) {
        turn();
      }
      room.forEach(Connection::close);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      close(selector);
      ended.complete(null);
    }
  }

  private void turn() throws IOException {
    woken = false;
    select();
    worker.work();
    runTasks();
    tick();
  }

  private void select() throws IOException {
    if (worker.isIdle()) {
      selector.select(this::event, TICK_MILLIS);
    } else {
      selector.selectNow(this::event);
    }
  }

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        worker.log().broken(e);
      }
    }
  }

  private void event(SelectionKey key) {
    if (!woken) {
      woken = true;
      worker.woken(System.nanoTime());
    }
    Waiting waiting = (Waiting) key.attachment();
    try {
      if (key.isValid()) {
        waiting.ready(key.readyOps());
      }
    } catch (IOException _) {
      waiting.close();
    } catch (RuntimeException | Error e) {
      // A fault of ours costs the one connection, not all of them; so does a stack that overflows.
      worker.log().broken(e);
      waiting.close();
    }
  }

  private void tick() {
    long now = System.nanoTime();
    if (now - nextTick >= 0) {
      nextTick = now + TICK_MILLIS * 1_000_000L;
      worker.tick();
      room.forEach(connection -> connection.closeIfOverdue(now));
    }
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception _) {
      // Nothing can be done about it, and nothing depends on it.
    }
  }
}

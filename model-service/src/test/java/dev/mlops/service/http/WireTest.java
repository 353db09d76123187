package dev.mlops.service.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of answers that the client does not take, over a real socket. */
final class WireTest {
  /** More than the system takes for a client that reads nothing. */
  private static final int MUCH = 64 << 20;

  private final Budget budget = new Budget(MUCH);
  private Selector selector;
  private SocketChannel client;
  private Wire wire;

  @BeforeEach
  void connect() throws IOException {
    selector = Selector.open();
    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      client = SocketChannel.open(listener.getLocalAddress());
      SocketChannel server = listener.accept();
      server.configureBlocking(false);
      SelectionKey key = server.register(selector, SelectionKey.OP_READ);
      wire = new Wire(server, key, ByteBuffer.allocateDirect(65536), budget, Duration.ofDays(1));
    }
  }

  @AfterEach
  void close() throws IOException {
    wire.close();
    client.close();
    selector.close();
  }

  @Test
  void keepsWhatTheClientDoesNotTakeAndPaysForIt() throws IOException {
    wire.write(new byte[MUCH], MUCH);
    assertTrue(wire.isStalled());
    assertFalse(budget.take(MUCH - wire.held() + 1));
    ByteBuffer read = ByteBuffer.allocate(1 << 20);
    long taken = 0;
    while (taken < MUCH) {
      taken += client.read(read.clear());
      wire.writeOn();
    }
    assertFalse(wire.isStalled());
    assertEquals(0, wire.held());
    assertTrue(budget.take(MUCH));
  }

  @Test
  void endsWhereThereIsNoMemoryForIt() throws IOException {
    List<Integer> asked = new ArrayList<>();
    budget.shedBy(bytes -> {
      asked.add(bytes);
      return false;
    });
    assertTrue(budget.take(MUCH));
    assertThrows(IOException.class, () -> wire.write(new byte[MUCH], MUCH));
    assertEquals(1, asked.size());
    wire.close();
    assertFalse(budget.take(1));
  }

  @Test
  void takesTheMemoryOfOthersWhoCanBeClosed() throws IOException {
    assertTrue(budget.take(MUCH));
    budget.shedBy(_ -> {
      budget.give(MUCH);
      return true;
    });
    wire.write(new byte[MUCH], MUCH);
    assertTrue(wire.isStalled());
    wire.close();
    assertTrue(budget.take(MUCH));
  }
}

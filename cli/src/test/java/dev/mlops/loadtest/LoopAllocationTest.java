package dev.mlops.loadtest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** What is not allocated is not collected, and so pauses nothing. */
final class LoopAllocationTest {
  private static final int ROUNDS = 40;
  private static final int REQUESTS = 20_000;

  /**
   * The smallest object has 8 bytes: one for each request would reach it, one a second does not.
   */
  private static final long LIMIT = 8L * REQUESTS;

  @Test
  void sendingAndReadingAllocateNothing() throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (StubServer server = StubServer.answering(StubServer.GOOD)) {
      LoadPlan plan = new PlanFor(server).users(20, "0s..1ms").millis(120_000).plan();
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), server.address().getPort());
      Schedule schedule = new Schedule(plan, System.nanoTime());
      Loop loop =
          new Loop(
              new Work(
                  plan,
                  Dialer.of(plan, address),
                  Scenario.of(plan),
                  schedule,
                  Level.of(plan, schedule),
                  new Share(0, 1)));
      Thread thread = Thread.ofPlatform().daemon().start(loop);
      try {
        // Until the compiler has come to it, what escapes nowhere is allocated all the same; on a
        // busy machine that takes many rounds.
        long least = Long.MAX_VALUE;
        for (int round = 1; round <= ROUNDS && least >= LIMIT; round++) {
          await(server, round * REQUESTS);
          long before = threads.getThreadAllocatedBytes(thread.threadId());
          await(server, (round + 1) * REQUESTS);
          least = Math.min(least, threads.getThreadAllocatedBytes(thread.threadId()) - before);
        }
        assertTrue(least < LIMIT, least + " bytes in " + REQUESTS + " requests");
      } finally {
        loop.abort();
        thread.join();
      }
    }
  }

  private static void await(StubServer server, int requests) throws InterruptedException {
    while (server.requests.get() < requests) {
      Thread.sleep(5);
    }
  }
}

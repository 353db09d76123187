package dev.mlops.loadtest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is not allocated is not collected, and so pauses nothing. */
final class LoopAllocationTest {
  private static final int REQUESTS = 20_000;

  @Test
  void sendingAndReadingAllocateNothing() throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (StubServer server = StubServer.answering(StubServer.GOOD)) {
      LoadPlan plan =
          new LoadPlan(
              server.address(),
              new LoadPlan.Request("POST", "/", Map.of(), new Payloads.Literal("{}")),
              20,
              1e6,
              Wait.parse("0s..1ms"),
              new LoadPlan.Timing(Duration.ZERO, Duration.ofMinutes(2), Duration.ofSeconds(10)),
              List.of(),
              1);
      Loop loop =
          new Loop(
              new Loop.Work(
                  plan,
                  new InetSocketAddress(
                      InetAddress.getLoopbackAddress(), server.address().getPort()),
                  RequestRing.render(plan),
                  new Schedule(plan, System.nanoTime())),
              0,
              1);
      Thread thread = Thread.ofPlatform().daemon().start(loop);
      try {
        await(server, REQUESTS); // connections and the first compilation
        long before = threads.getThreadAllocatedBytes(thread.threadId());
        await(server, 2 * REQUESTS);
        long bytes = threads.getThreadAllocatedBytes(thread.threadId()) - before;
        assertTrue(bytes < REQUESTS, bytes + " bytes in " + REQUESTS + " requests");
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

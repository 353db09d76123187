package dev.mlops.platform.gcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.platform.LeftRunning;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ParallelTest {
  @Test
  void anInterruptNamesAllThatGoesOn() throws Exception {
    var waiting = new CountDownLatch(3);
    CompletableFuture<String> said = new CompletableFuture<>();
    Thread command = Thread.ofPlatform().start(() -> said.complete(interrupted(waiting)));
    assertTrue(waiting.await(2, TimeUnit.MINUTES), "all three are waited for");
    command.interrupt();
    assertEquals("the first goes on\nthe third goes on", said.get(2, TimeUnit.MINUTES));
  }

  private static String interrupted(CountDownLatch waiting) {
    try {
      return "it ended: "
          + Parallel.map(List.of("first", "second", "third"), name -> await(name, waiting));
    } catch (InterruptedException e) {
      return e.getMessage();
    }
  }

  private static String await(String name, CountDownLatch waiting) throws InterruptedException {
    waiting.countDown();
    try {
      new CountDownLatch(1).await();
      return name;
    } catch (InterruptedException e) {
      throw name.equals("second") ? e : new LeftRunning("the " + name + " goes on");
    }
  }
}

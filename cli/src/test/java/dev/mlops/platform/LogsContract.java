package dev.mlops.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.platform.local.TestManifests;
import dev.mlops.problem.MlopsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every {@link Logs} keeps. */
public abstract class LogsContract {
  private static final int ALL = 1000;

  protected abstract PlatformUnderTest open() throws Exception;

  @Test
  void readsTheLinesOfEachReplica() throws Exception {
    try (var test = open()) {
      Logs logs = test.platform().logs();
      assertEquals(List.of(), read(logs, ALL, Optional.empty()));
      Desired desired = TestManifests.replicas(2).release(test.published("one"));
      Status status = test.platform().workloads().apply(desired, _ -> {});
      String first = status.replicas().all().getFirst().name();
      List<Logs.Line> all = read(logs, ALL, Optional.empty());
      assertEquals(2, all.stream().filter(line -> line.text().equals("listening")).count());
      assertEquals(
          List.of(new Logs.Line(first, "starting with hello"), new Logs.Line(first, "listening")),
          read(logs, ALL, Optional.of(first)));
      assertEquals(List.of(new Logs.Line(first, "listening")), read(logs, 1, Optional.of(first)));
      assertThrows(MlopsException.class, () -> read(logs, ALL, Optional.of("nobody")));
    }
  }

  @Test
  void followsUntilInterruptedNewReplicasToo() throws Exception {
    try (var test = open()) {
      Workloads workloads = test.platform().workloads();
      var image = test.published("one");
      workloads.apply(TestManifests.replicas(1).release(image), _ -> {});
      BlockingQueue<Logs.Line> seen = new LinkedBlockingQueue<>();
      var query = new Logs.Query(true, 1, Optional.empty(), Optional.empty());
      Thread follower = Thread.ofVirtual().start(() -> follow(test.platform().logs(), query, seen));
      assertEquals("listening", seen.poll(30, TimeUnit.SECONDS).text());
      String added =
          workloads
              .apply(TestManifests.replicas(2).release(image), _ -> {})
              .replicas()
              .all()
              .getLast()
              .name();
      assertEquals(new Logs.Line(added, "starting with hello"), seen.poll(30, TimeUnit.SECONDS));
      follower.interrupt();
      assertTrue(follower.join(Duration.ofSeconds(30)));
    }
  }

  private static void follow(Logs logs, Logs.Query query, BlockingQueue<Logs.Line> seen) {
    try {
      logs.read(query, seen::add);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<Logs.Line> read(Logs logs, int tail, Optional<String> replica)
      throws InterruptedException {
    List<Logs.Line> lines = new ArrayList<>();
    logs.read(new Logs.Query(false, tail, Optional.empty(), replica), lines::add);
    return lines;
  }
}

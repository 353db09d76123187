package dev.mlops.platform.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.platform.Event;
import dev.mlops.platform.Logs;
import dev.mlops.platform.Status;
import dev.mlops.platform.local.TestManifests;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What an operator is told of a service that gets into trouble. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperateIT {
  private static final int ALL = 1000;

  private KubernetesEnvironment test;

  @BeforeAll
  void deploy(@TempDir Path folder) throws Exception {
    test = new KubernetesEnvironment(folder);
    var image = test.published("one");
    test.platform().workloads().apply(TestManifests.replicas(2).release(image), _ -> {});
  }

  @AfterAll
  void remove() {
    if (test != null) {
      test.close();
    }
  }

  @Test
  void aCrashIsTold() throws Exception {
    var seen = new LinkedBlockingQueue<Logs.Line>();
    Thread follower = Thread.ofVirtual().start(() -> follow(seen));
    await(() -> test.status().replicas().ready() == 2);
    String victim = names().getFirst();
    ask(victim, "/log", "the last words");
    ask(victim, "/die", "");
    await(() -> replica(victim).map(r -> r.lastEnd().isPresent()).orElse(false));
    Status.Replica crashed = replica(victim).orElseThrow();
    assertEquals(1, crashed.restarts());
    assertEquals("exit code 9", crashed.lastEnd().orElseThrow().how());
    await(() -> test.status().replicas().ready() == 2);

    List<String> lines = log(victim, ALL);
    assertEquals(
        List.of(
            "starting with hello",
            "listening",
            "the last words",
            "starting with hello",
            "listening"),
        lines);
    assertEquals(List.of("the last words", "starting with hello", "listening"), log(victim, 3));
    assertEquals(lines, until(seen, victim, lines.size()));
    follower.interrupt();
  }

  @Test
  void aPodThatIsReplacedIsFollowed() throws Exception {
    var seen = new LinkedBlockingQueue<Logs.Line>();
    Thread follower = Thread.ofVirtual().start(() -> follow(seen));
    List<String> before = names();
    test.cluster()
        .client()
        .pods()
        .inNamespace(test.namespace())
        .withName(before.getLast())
        .delete();
    await(() -> names().stream().anyMatch(name -> !before.contains(name)));
    String added = names().stream().filter(n -> !before.contains(n)).findFirst().orElseThrow();
    assertEquals(List.of("starting with hello", "listening"), until(seen, added, 2));
    await(() -> test.status().replicas().ready() == 2);
    follower.interrupt();
  }

  @Test
  void onlyTroublesThatAreNotOverAreTold() throws Exception {
    await(() -> test.status().replicas().ready() == 2);
    assertEquals(List.of(), test.platform().workloads().events());
    String victim = names().getFirst();
    ask(victim, "/unready", "");
    await(() -> !test.platform().workloads().events().isEmpty());
    Event event = test.platform().workloads().events().getFirst();
    assertEquals("Pod " + victim, event.subject());
    assertEquals("Unhealthy", event.reason());
    assertTrue(event.message().contains("503"), event.message());
    assertEquals(1, test.status().replicas().ready());
    test.cluster().client().pods().inNamespace(test.namespace()).withName(victim).delete();
    await(() -> test.platform().workloads().events().isEmpty());
  }

  private void follow(LinkedBlockingQueue<Logs.Line> seen) {
    try {
      test.platform()
          .logs()
          .read(new Logs.Query(true, ALL, Optional.empty(), Optional.empty()), seen::add);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<String> until(LinkedBlockingQueue<Logs.Line> seen, String replica, int count)
      throws InterruptedException {
    List<String> lines = new ArrayList<>();
    while (lines.size() < count) {
      Logs.Line line = seen.poll(30, TimeUnit.SECONDS);
      assertTrue(line != null, () -> "only " + lines);
      if (line.replica().equals(replica)) {
        lines.add(line.text());
      }
    }
    return lines;
  }

  private List<String> log(String replica, int tail) throws InterruptedException {
    List<String> lines = new ArrayList<>();
    test.platform()
        .logs()
        .read(
            new Logs.Query(false, tail, Optional.empty(), Optional.of(replica)),
            line -> lines.add(line.text()));
    return lines;
  }

  private List<String> names() {
    return test.status().replicas().all().stream()
        .filter(replica -> !replica.state().equals("draining"))
        .map(Status.Replica::name)
        .toList();
  }

  private Optional<Status.Replica> replica(String name) {
    return test.status().replicas().all().stream().filter(r -> r.name().equals(name)).findFirst();
  }

  /** By way of the API server, and once: what ends a pod would end its successor, too. */
  private void ask(String pod, String path, String body) {
    Config config =
        new ConfigBuilder(test.cluster().client().getConfiguration())
            .withRequestRetryBackoffLimit(0)
            .build();
    String uri =
        "/api/v1/namespaces/%s/pods/%s:8000/proxy%s".formatted(test.namespace(), pod, path);
    try (KubernetesClient once = new KubernetesClientBuilder().withConfig(config).build()) {
      once.raw(uri, "POST", body);
    } catch (KubernetesClientException e) {
      assertEquals("/die", path, "it went away before it answered: " + e.getMessage());
    }
  }

  private static void await(BooleanSupplier until) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!until.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline);
      Thread.sleep(200);
    }
  }
}

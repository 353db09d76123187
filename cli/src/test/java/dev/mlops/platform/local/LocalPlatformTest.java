package dev.mlops.platform.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.platform.Status;
import dev.mlops.platform.Status.Replica;
import dev.mlops.platform.Status.State;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The platform as a user meets it: real processes, real sockets, real kills. */
class LocalPlatformTest {
  @TempDir Path project;

  @Test
  void rollsOutUnderLoadWithoutAFailedRequest() throws Exception {
    try (var local = new LocalEnvironment(project)) {
      var manifests = TestManifests.replicas(2);
      local.apply(manifests.release(local.published("one")));
      Set<Long> before = pids(local.status());
      try (var load = new Load(local.port(), 8, "/predict")) {
        TestImage two = local.published("two");
        Status status = local.apply(manifests.env("GREETING", "goodbye").release(two));
        long answers = load.answers();
        while (load.failures().isEmpty() && load.answers() < answers + 200) {
          Thread.sleep(10);
        }
        load.stop();
        assertEquals(List.of(), List.copyOf(load.failures()));
        assertEquals(Set.of("hello", "goodbye"), load.answeredBy());
        assertEquals(2, status.replicas().ready());
        assertEquals(two.digest(), status.release().orElseThrow().image());
      }
      assertTrue(pids(local.status()).stream().noneMatch(before::contains));
      before.forEach(pid -> assertFalse(isAlive(pid), "still runs: " + pid));
    }
  }

  @Test
  void replacesAKilledReplicaAndSavesItsRequests() throws Exception {
    try (var local = new LocalEnvironment(project)) {
      local.apply(TestManifests.replicas(2).release(local.published("one")));
      long victim = local.status().replicas().all().getFirst().pid().orElseThrow();
      try (var load = new Load(local.port(), 8, "/wait?20")) {
        while (load.answers() < 50) {
          Thread.sleep(5);
        }
        ProcessHandle.of(victim).orElseThrow().destroyForcibly();
        Status healed = local.await(s -> s.state() == State.RUNNING && !pids(s).contains(victim));
        load.stop();
        assertEquals(List.of(), List.copyOf(load.failures()));
        assertEquals(1, healed.replicas().all().stream().mapToInt(Replica::restarts).sum());
      }
    }
  }

  @Test
  void leavesNoOrphanWhenTheSupervisorIsKilledAndHeals() throws Exception {
    try (var local = new LocalEnvironment(project)) {
      var desired = TestManifests.replicas(2).release(local.published("one"));
      local.apply(desired);
      ProcessHandle.of(local.supervisor()).orElseThrow().destroyForcibly();
      awaitNoProcess(local);
      Status gone = local.status();
      assertEquals(State.DEGRADED, gone.state());
      assertTrue(gone.notes().getFirst().contains("mlops up"), gone.notes().toString());
      assertFalse(local.platform().workloads().compare(desired).isEmpty());
      Status healed = local.apply(desired);
      assertEquals(State.RUNNING, healed.state());
      assertEquals(List.of(), local.platform().workloads().compare(desired));
      assertEquals(200, RawClient.once(local.port(), "/predict").status());
    }
  }

  @Test
  void failsACrashingReleaseAtOnceAndServesTheFormer() throws Exception {
    try (var local = new LocalEnvironment(project)) {
      var manifests = TestManifests.replicas(2);
      TestImage one = local.published("one");
      local.apply(manifests.release(one));
      try (var load = new Load(local.port(), 4, "/predict")) {
        var crashing = manifests.env("CRASH", "3").release(local.published("two"));
        var failure = assertThrows(MlopsException.class, () -> local.apply(crashing));
        assertEquals(Code.LOCAL_ROLLOUT_FAILED, failure.problem().code());
        assertTrue(failure.problem().message().contains("exit code 3"), failure.getMessage());
        assertTrue(failure.problem().cause().contains("no such model"), failure.problem().cause());
        load.stop();
        assertEquals(List.of(), List.copyOf(load.failures()));
      }
      Status status = local.status();
      assertEquals(State.RUNNING, status.state());
      assertEquals(one.digest(), status.release().orElseThrow().image());
      assertEquals(2, status.replicas().all().size());
    }
  }

  @Test
  void leavesNothingRunningWhenTheFirstReleaseFails() throws Exception {
    try (var local = new LocalEnvironment(project)) {
      var crashing = TestManifests.replicas(1).env("CRASH", "3").release(local.published("one"));
      assertThrows(MlopsException.class, () -> local.apply(crashing));
      awaitNoProcess(local);
      assertEquals(State.ABSENT, local.status().state());
    }
  }

  @Test
  void followsTheProbes() throws Exception {
    try (var local = new LocalEnvironment(project)) {
      Status first = local.apply(TestManifests.replicas(2).release(local.published("one")));
      Replica unlive = first.replicas().all().getFirst();
      Replica unready = first.replicas().all().getLast();
      RawClient.once(unready.endpoint().orElseThrow().getPort(), "/unready");
      local.await(s -> named(s, unready).state().equals("not ready"));
      String pid = unlive.pid().orElseThrow().toString();
      for (int i = 0; i < 10; i++) {
        assertEquals(pid, RawClient.once(local.port(), "/predict").body().split(" ", -1)[1]);
      }
      RawClient.once(unlive.endpoint().orElseThrow().getPort(), "/unlive");
      local.await(
          s -> named(s, unlive).restarts() == 1 && named(s, unlive).state().equals("ready"));
    }
  }

  @Test
  void scalesOutUnderLoadAndInAgainWithoutAFailedRequest() throws Exception {
    try (var local = new LocalEnvironment(project)) {
      var manifests = TestManifests.replicas(1).autoscaled(1, 2);
      local.apply(manifests.release(local.published("one")));
      try (var quiet = new Load(local.port(), 1, "/wait?50");
          var load = new Load(local.port(), 2, "/burn?20")) {
        local.await(s -> s.replicas().ready() == 2);
        load.stop();
        Status in = local.await(s -> s.replicas().all().size() == 1);
        assertEquals(1, in.replicas().desired());
        assertTrue(in.autoscaling().orElseThrow().currentCpuPercent().isPresent());
        quiet.stop();
        assertEquals(List.of(), List.copyOf(load.failures()));
        assertEquals(List.of(), List.copyOf(quiet.failures()));
      }
    }
  }

  @Test
  void scalesByRequestsPerSecond() throws Exception {
    try (var local = new LocalEnvironment(project)) {
      var manifests = TestManifests.replicas(1).autoscaledByRequests(1, 2, 5);
      local.apply(manifests.release(local.published("one")));
      try (var load = new Load(local.port(), 1, "/wait?50")) {
        Status out = local.await(s -> s.replicas().ready() == 2);
        Status.RequestRate rate = out.autoscaling().orElseThrow().requests().orElseThrow();
        assertEquals(5, rate.target());
        assertTrue(rate.current().orElseThrow() > 2.5, rate.toString());
        assertEquals(Optional.empty(), out.autoscaling().orElseThrow().targetCpuPercent());
        load.stop();
        assertEquals(List.of(), List.copyOf(load.failures()));
      }
      local.await(s -> s.replicas().all().size() == 1);
    }
  }

  @Test
  void finishesRequestsUnderWayBeforeItPauses() throws Exception {
    try (var local = new LocalEnvironment(project)) {
      local.apply(TestManifests.replicas(1).release(local.published("one")));
      try (var client = new RawClient(local.port())) {
        assertEquals(200, client.get("/predict").status());
        client.send("GET /wait?1500 HTTP/1.1\r\nHost: test\r\n\r\n");
        Thread pausing = Thread.ofVirtual().start(() -> pause(local));
        assertEquals(200, client.read().status());
        pausing.join();
      }
      assertEquals(State.PAUSED, local.status().state());
      assertEquals(List.of(), Processes.of(local.state()));
    }
  }

  private static void pause(LocalEnvironment local) {
    try {
      local.platform().power().pause(_ -> {});
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void replacesASupervisorThatHangs() throws Exception {
    try (var local = new LocalEnvironment(project)) {
      var desired = TestManifests.replicas(1).release(local.published("one"));
      local.apply(desired);
      long hanging = local.supervisor();
      new ProcessBuilder("kill", "-STOP", String.valueOf(hanging)).start().waitFor();
      Status silent = local.status();
      assertEquals(State.DEGRADED, silent.state());
      assertTrue(silent.notes().getFirst().contains("does not answer"), silent.notes().toString());
      assertEquals(State.RUNNING, local.apply(desired).state());
      assertNotEquals(hanging, local.supervisor());
      assertEquals(200, RawClient.once(local.port(), "/predict").status());
    }
  }

  @Test
  void goesOnWhereTheProjectWasMovedTo() throws Exception {
    int port = FreePort.find();
    var local = new LocalEnvironment(project.resolve("before"), port);
    local.apply(TestManifests.replicas(1).release(local.published("one")));
    long former = local.supervisor();
    Files.move(project.resolve("before"), project.resolve("after"));
    try (var moved = new LocalEnvironment(project.resolve("after"), port)) {
      assertEquals(State.RUNNING, moved.status().state());
      moved.apply(TestManifests.replicas(1).release(moved.published("two")));
      assertNotEquals(former, moved.supervisor());
      assertFalse(isAlive(former));
      assertEquals(200, RawClient.once(port, "/predict").status());
    }
  }

  @Test
  void leavesTheServiceOfTheProjectAloneOfWhichItIsACopy() throws Exception {
    try (var local = new LocalEnvironment(project.resolve("original"))) {
      local.apply(TestManifests.replicas(1).release(local.published("one")));
      var copy = new LocalEnvironment(project.resolve("copy"), local.port());
      Files.createDirectories(copy.state().root());
      for (Path file : List.of(local.state().supervisor(), local.state().state())) {
        Files.copy(file, copy.state().root().resolve(file.getFileName()));
      }
      assertEquals(State.DEGRADED, copy.status().state());
      copy.close();
      assertEquals(State.RUNNING, local.status().state());
      assertEquals(200, RawClient.once(local.port(), "/predict").status());
    }
  }

  @Test
  void saysWhatItCannotWrite() throws Exception {
    Path inTheWay = Files.createFile(project.resolve(".mlops"));
    var local = new LocalEnvironment(project);
    TestImage image = TestImage.write(project.resolve("layout"), "one");
    var failure =
        assertThrows(
            MlopsException.class,
            () -> local.platform().images().publish(image.layout(), image.digest(), _ -> {}));
    assertEquals(Code.DISK_NOT_WRITABLE, failure.problem().code());
    assertTrue(failure.problem().message().contains(inTheWay.toString()), failure.getMessage());
  }

  @Test
  void whatHasEndedIsNoChangeUnderWay() throws Exception {
    try (var local = new LocalEnvironment(project)) {
      Status deployed = local.apply(TestManifests.replicas(1).release(local.published("one")));
      assertFalse(deployed.notes().toString().contains("under way"), deployed.toString());
      local.platform().power().pause(_ -> {});
      Status resumed = local.platform().power().resume(_ -> {});
      assertFalse(resumed.notes().toString().contains("under way"), resumed.toString());
    }
  }

  @Test
  void saysWhoHasThePort() throws Exception {
    try (var squatter = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var local = new LocalEnvironment(project, squatter.getLocalPort())) {
      var desired = TestManifests.replicas(1).release(local.published("one"));
      var failure = assertThrows(MlopsException.class, () -> local.apply(desired));
      assertEquals(Code.LOCAL_PORT_TAKEN, failure.problem().code());
      assertTrue(failure.problem().next().contains("local.port in mlops.yaml"));
      String me = String.valueOf(ProcessHandle.current().pid());
      assertTrue(failure.problem().why().contains(me), failure.problem().why());
    }
  }

  private static Replica named(Status status, Replica wanted) {
    return status.replicas().all().stream()
        .filter(replica -> replica.name().equals(wanted.name()))
        .findFirst()
        .orElseThrow();
  }

  private static Set<Long> pids(Status status) {
    return status.replicas().all().stream()
        .flatMap(replica -> replica.pid().stream())
        .collect(Collectors.toSet());
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(Processes::isAlive).orElse(false);
  }

  private static void awaitNoProcess(LocalEnvironment local)
      throws InterruptedException, IOException {
    long deadline = System.nanoTime() + LocalEnvironment.LONGEST.toNanos();
    while (!Processes.of(local.state()).isEmpty()) {
      assertTrue(System.nanoTime() < deadline, "still runs: " + Processes.of(local.state()));
      Thread.sleep(20);
    }
  }
}

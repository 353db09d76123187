package dev.mlops.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mlops.platform.kubernetes.Cluster;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Load from pods of a real cluster on a service there, by the built tool. */
final class ClusterLoadIT {
  private static final String[] LONG = {
    "loadtest", "-o", "json", "--workers", "2", "--rate", "40", "--warm-up", "1s"
  };

  @TempDir private static Path temp;
  private static ClusterProject project;
  private static Cluster cluster;
  private static Tool tool;

  @BeforeAll
  static void service() throws Exception {
    project = ClusterProject.init(temp.resolve("iris"));
    project.environments(project.on("kube"));
    project.restrict("kube");
    cluster = project.cluster();
    tool = project.tool();
    tool.run("up", "-e", "kube", "--set", "scale.min=1", "--set", "scale.max=1").expect(0);
  }

  @AfterAll
  static void leaveNothingBehind() {
    if (project != null) {
      project.close();
    }
  }

  @Test
  void aLoadIsSharedByPodsAndAddedUp() throws Exception {
    Tool.Result run =
        tool.run(
            "loadtest",
            "-e",
            "kube",
            "-o",
            "json",
            "--workers",
            "2",
            "--rate",
            "40",
            "--warm-up",
            "1s",
            "-d",
            "4s",
            "--gate",
            "errors<1%");
    JsonNode json = run.json();
    // On a busy node the judge may well refuse the figures; the counts are right all the same.
    assertTrue(run.status() == 0 || run.status() == 5, run.err());
    assertEquals(160, json.path("requests").asInt(), run.err());
    assertEquals(0, json.path("errors").asInt());
    assertFalse(json.path("invalidBecause").toString().contains("lost"), run.err());
    assertTrue(
        json.path("target").asText().endsWith("." + project.namespace("kube") + ".svc"), run.out());
    Path report = Path.of(json.path("report").asText()).resolveSibling("report.json");
    JsonNode seconds = new ObjectMapper().readTree(report.toFile()).path("timeline");
    assertEquals(5, seconds.size(), 1, seconds.toString());
    for (JsonNode second : seconds) {
      assertTrue(second.path("ready").asInt() > 0, second.toString());
    }
    assertEquals(List.of(), pods(_ -> true));
  }

  @Test
  void aLostPodIsSaidAndJudgedAndTheOthersGoOn() throws Exception {
    Process process = start("-d", "9s");
    List<Pod> workers = awaitWorkers(process);
    awaitFirstSeconds(process);
    cluster.client().resource(workers.getLast()).withGracePeriod(0).delete();
    JsonNode json = new ObjectMapper().readTree(process.getInputStream());
    assertEquals(5, process.waitFor());
    String reasons = json.path("invalidBecause").toString();
    assertTrue(reasons.matches(".*worker [12] of 2 was lost after .* s.*"), reasons);
    int requests = json.path("requests").asInt();
    assertTrue(requests > 180 && requests < 360, "one sends to the end: " + requests);
    assertEquals(List.of(), pods(_ -> true));
  }

  @Test
  void controlCRemovesTheJob() throws Exception {
    Tool.requireInterrupts();
    Process process = start("-d", "5m");
    awaitWorkers(process);
    Thread.sleep(1_500);
    Tool.interrupt(process);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(130, process.exitValue());
    assertEquals(List.of(), pods(_ -> true));
  }

  @Test
  void whatKillLeavesBehindEndsByItself() throws Exception {
    Process process = start("-d", "5m");
    awaitWorkers(process);
    Thread.sleep(1_000);
    process.destroyForcibly().waitFor();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
    while (!pods(pod -> pod.getStatus().getPhase().equals("Running")).isEmpty()) {
      assertTrue(System.nanoTime() < deadline, "workers go on without anybody");
      Thread.sleep(300);
    }
    cluster.client().batch().v1().jobs().inNamespace(project.namespace("kube")).delete();
  }

  private static Process start(String... more) throws Exception {
    String[] args = Arrays.copyOf(LONG, LONG.length + 2 + more.length);
    args[LONG.length] = "-e";
    args[LONG.length + 1] = "kube";
    System.arraycopy(more, 0, args, LONG.length + 2, more.length);
    return tool.start(args);
  }

  private static List<Pod> pods(Predicate<Pod> which) {
    return cluster
        .client()
        .pods()
        .inNamespace(project.namespace("kube"))
        .withLabel("mlops.dev/job")
        .list()
        .getItems()
        .stream()
        .filter(which)
        .toList();
  }

  /** A log gets a line of figures every five seconds. */
  private static void awaitFirstSeconds(Process process) throws IOException {
    BufferedReader story = process.errorReader(UTF_8);
    String line = story.readLine();
    while (line != null && !line.contains("requests/s")) {
      line = story.readLine();
    }
  }

  private static String errors(Process process) {
    try {
      return new String(process.getErrorStream().readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Pod> awaitWorkers(Process process) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (true) {
      List<Pod> running = pods(pod -> pod.getStatus().getPhase().equals("Running"));
      if (running.size() == 2) {
        return running;
      }
      assertTrue(process.isAlive(), () -> "it has ended: " + errors(process));
      assertTrue(System.nanoTime() < deadline, "no workers: " + running);
      Thread.sleep(200);
    }
  }
}

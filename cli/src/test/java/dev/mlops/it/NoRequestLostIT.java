package dev.mlops.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.platform.kubernetes.Cluster;
import dev.mlops.process.Programs;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two strangers to each other, wrk on connections that it keeps and our own load tester, ask a
 * service without a break while all is done to it that an operator does.
 */
final class NoRequestLostIT {
  /** Longer than all of it takes; it is ended before. */
  private static final String WRK_SECONDS = "300";

  @TempDir private static Path temp;
  private static ClusterProject project;
  private static Cluster cluster;
  private static Tool tool;

  @BeforeAll
  static void project() throws Exception {
    Programs.require("wrk");
    project = ClusterProject.init(temp.resolve("iris"));
    project.environments(project.on("loaded"), project.on("other"));
    cluster = project.cluster();
    tool = project.tool();
    Files.writeString(
        temp.resolve("predict.lua"),
        """
        wrk.method = "POST"
        wrk.body = '{"sepal_length":5.1,"sepal_width":3.5,"petal_length":1.4,"petal_width":0.2}'
        wrk.headers["Content-Type"] = "application/json"
        function delay() return 20 end
        """);
  }

  @AfterAll
  static void leaveNothingBehind() {
    if (project != null) {
      project.close();
    }
  }

  @Test
  void whateverAnOperatorDoes() throws Exception {
    String endpoint = tool.run("up", "-e", "loaded", "-q").expect(0).out().strip();
    Process wrk = wrk(endpoint + "/predict");
    Process own =
        tool.start(
            "loadtest -e loaded --users 50 --wait 0.1s..0.5s --warm-up 1s --duration 20s -o json"
                .split(" "));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> beside = threads.submit(NoRequestLostIT::switchTheOther);
      operate();
      beside.get();
      assertTrue(wrk.isAlive(), "wrk has ended before");
    } finally {
      new ProcessBuilder("kill", "-INT", String.valueOf(wrk.pid())).start().waitFor();
    }
    String told = new String(wrk.getInputStream().readAllBytes(), UTF_8);
    assertTrue(requests(told) > 1_000, told);
    assertFalse(told.contains("Socket errors") || told.contains("Non-2xx"), told);
    var measured =
        new Tool.Result(0, new String(own.getInputStream().readAllBytes(), UTF_8), "").json();
    assertTrue(measured.path("requests").asLong() > 500, measured::toPrettyString);
    assertEquals(0, measured.path("errors").asLong(-1), measured::toPrettyString);
  }

  private static Void switchTheOther() throws Exception {
    tool.run("up", "-e", "other").expect(0);
    tool.run("pause", "-e", "other").expect(0);
    tool.run("resume", "-e", "other").expect(0);
    return null;
  }

  private static void operate() throws Exception {
    Path deployment = tool.folder().resolve("k8s/deployment.yaml");
    String text = Files.readString(deployment);
    assertTrue(text.contains("periodSeconds: 20"));
    Files.writeString(deployment, text.replaceFirst("periodSeconds: 20", "periodSeconds: 19"));
    tool.run("deploy", "-e", "loaded").expect(0);
    tool.run("rollback", "-e", "loaded").expect(0);
    Pod victim = pods().getFirst();
    cluster.client().resource(victim).delete();
    await(() -> pods(), pods -> pods.size() == 2 && !pods.contains(victim) && ready(pods) == 2);
    scale(3);
    await(() -> pods(), pods -> ready(pods) == 3);
    scale(2);
    await(() -> everyPod(), pods -> pods.size() == 2); // the ones that drained are gone
  }

  private static void scale(int replicas) {
    cluster
        .client()
        .apps()
        .deployments()
        .inNamespace(project.namespace("loaded"))
        .withName("iris")
        .scale(replicas);
  }

  private static List<Pod> everyPod() {
    return cluster.client().pods().inNamespace(project.namespace("loaded")).list().getItems();
  }

  private static List<Pod> pods() {
    return everyPod().stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .toList();
  }

  private static long ready(List<Pod> pods) {
    return pods.stream()
        .flatMap(pod -> pod.getStatus().getConditions().stream())
        .filter(c -> c.getType().equals("Ready") && c.getStatus().equals("True"))
        .count();
  }

  private static void await(Callable<List<Pod>> look, Predicate<List<Pod>> until) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!until.test(look.call())) {
      assertTrue(System.nanoTime() < deadline, () -> everyPod().toString());
      Thread.sleep(200);
    }
  }

  private static Process wrk(String url) throws IOException {
    return new ProcessBuilder(
            "wrk", "-t1", "-c16", "-d", WRK_SECONDS, "--timeout", "10s", "-s", "predict.lua", url)
        .directory(temp.toFile())
        .redirectErrorStream(true)
        .start();
  }

  private static long requests(String told) {
    Matcher matcher = Pattern.compile("(\\d+) requests in").matcher(told);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
  }
}

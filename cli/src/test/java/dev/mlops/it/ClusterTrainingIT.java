package dev.mlops.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mlops.platform.kubernetes.Cluster;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training as a Job of a real cluster, by the built tool. */
final class ClusterTrainingIT {
  private static final String[] SLOW = {
    "--set", "model.algorithm.kind=random-forest", "--set", "model.algorithm.trees=1000"
  };

  @TempDir private static Path temp;
  private static ClusterProject project;
  private static Cluster cluster;
  private static Tool tool;

  @BeforeAll
  static void project() throws Exception {
    project = ClusterProject.init(temp.resolve("iris"));
    project.environments(
        "dev: {platform: local}",
        project.on(
            "kube",
            "training: {on: cluster, requests: {cpu: 50m, memory: 256Mi}, limits: {memory: 512Mi}}"));
    project.restrict("kube");
    cluster = project.cluster();
    tool = project.tool();
  }

  @AfterAll
  static void leaveNothingBehind() {
    if (project != null) {
      project.close();
    }
  }

  private static String namespace() {
    return project.namespace("kube");
  }

  private static String[] training(String where, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "train", "-o", "json", "--set", "model.artifact=artifacts/" + UUID.randomUUID()));
    if (!where.isEmpty()) {
      args.addAll(List.of("-e", "kube", "--on", where));
    }
    args.addAll(List.of(more));
    return args.toArray(String[]::new);
  }

  private static JsonNode train(int status, String where, String... more) throws Exception {
    return tool.run(training(where, more)).expect(status).json();
  }

  private static List<Job> jobs() {
    return cluster.client().batch().v1().jobs().inNamespace(namespace()).list().getItems();
  }

  @Test
  void givesTheBytesThatTrainingHereGives() throws Exception {
    JsonNode here = train(0, "");
    JsonNode there = train(0, "cluster");
    assertEquals(here.path("digest"), there.path("digest"));
    assertEquals(here.path("metrics"), there.path("metrics"));
    assertEquals(List.of(), jobs());
  }

  @Test
  void gateAndFaultsOfTheDataGiveTheSameCodesAsHere() throws Exception {
    for (String fault : List.of("model.gate.accuracy=1.0", "model.target=no_such_column")) {
      Tool.Result here = tool.run(training("", "--set", fault));
      Tool.Result there = tool.run(training("cluster", "--set", fault));
      assertTrue(here.status() > 1, here.out());
      assertEquals(here.status(), there.status(), there.out());
      for (String key : List.of("code", "message", "why")) {
        assertEquals(here.json().at("/error/" + key), there.json().at("/error/" + key));
      }
    }
    assertEquals(List.of(), jobs());
  }

  @Test
  void whatKillLeavesBehindTheNextRunPicksUp() throws Exception {
    String[] args = training("cluster", SLOW);
    Process first = tool.start(args);
    awaitPod();
    first.destroyForcibly().waitFor();
    assertEquals(1, jobs().size(), "the Job goes on");
    long before = podsMade();
    tool.run(args).expect(0);
    assertEquals(before, podsMade(), "it was run once");
    assertEquals(List.of(), jobs());
  }

  @Test
  void controlCRemovesTheJob() throws Exception {
    Tool.requireInterrupts();
    Process process =
        tool.start(
            training(
                "cluster", "--set", "model.algorithm.seed=2", SLOW[0], SLOW[1], SLOW[2], SLOW[3]));
    awaitPod();
    Tool.interrupt(process);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(130, process.exitValue());
    assertEquals(List.of(), jobs());
  }

  @Test
  void theDataMayLieOnAVolume() throws Exception {
    Path data = Files.createTempDirectory(Path.of("/var/tmp"), "mlops-it-");
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.copy(tool.folder().resolve("data/iris.csv"), data.resolve("flowers.csv"));
    var volume = volume(data);
    cluster.client().resource(volume).create();
    try {
      cluster.client().resource(claim()).create();
      String[] volumes = {
        "--set", "training.volume.claim=flowers", "--set", "training.volume.file=flowers.csv"
      };
      assertEquals(train(0, "").path("digest"), train(0, "cluster", volumes).path("digest"));
    } finally {
      cluster.client().resource(volume).delete();
      Files.delete(data.resolve("flowers.csv"));
      Files.delete(data);
    }
  }

  private static io.fabric8.kubernetes.api.model.PersistentVolume volume(Path folder) {
    return new PersistentVolumeBuilder()
        .withNewMetadata()
        .withName(namespace())
        .endMetadata()
        .withNewSpec()
        .withStorageClassName(namespace())
        .withAccessModes("ReadOnlyMany")
        .addToCapacity("storage", new Quantity("1Mi"))
        .withNewHostPath(folder.toString(), "Directory")
        .endSpec()
        .build();
  }

  private static io.fabric8.kubernetes.api.model.PersistentVolumeClaim claim() {
    return new PersistentVolumeClaimBuilder()
        .withNewMetadata()
        .withName("flowers")
        .withNamespace(namespace())
        .endMetadata()
        .withNewSpec()
        .withStorageClassName(namespace())
        .withAccessModes("ReadOnlyMany")
        .withNewResources()
        .addToRequests("storage", new Quantity("1Mi"))
        .endResources()
        .endSpec()
        .build();
  }

  private static long podsMade() {
    return cluster
        .client()
        .v1()
        .events()
        .inNamespace(namespace())
        .withField("reason", "SuccessfulCreate")
        .list()
        .getItems()
        .size();
  }

  private static void awaitPod() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (jobs().stream().noneMatch(ClusterTrainingIT::isReady)) {
      assertTrue(System.nanoTime() < deadline, "no Job has begun: " + jobs());
      Thread.sleep(100);
    }
  }

  private static boolean isReady(Job job) {
    Integer ready = job.getStatus().getReady();
    return ready != null && ready > 0;
  }
}

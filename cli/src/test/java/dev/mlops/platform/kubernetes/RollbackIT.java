package dev.mlops.platform.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.platform.ApplyOptions;
import dev.mlops.platform.Desired;
import dev.mlops.platform.Releases;
import dev.mlops.platform.Releases.State;
import dev.mlops.platform.Status;
import dev.mlops.platform.Workloads;
import dev.mlops.platform.local.TestImage;
import dev.mlops.platform.local.TestManifests;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import dev.mlops.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a failed or abandoned rollout leaves behind, and what the next one makes of it. */
@OnCluster
class RollbackIT {
  private static final String CONFIG =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: %s}
      data: {greeting: hello}
      """;
  private static final String SECRET =
      """
      apiVersion: v1
      kind: Secret
      metadata: {name: key}
      stringData: {key: secret}
      """;

  private static final String SET =
      """
      apiVersion: apps/v1
      kind: %1$s
      metadata: {name: %2$s}
      spec:
        selector: {matchLabels: {app: %2$s}}
        template:
          metadata: {labels: {app: %2$s}}
          spec:
            terminationGracePeriodSeconds: 0
            containers:
              - name: c
                image: tiny
                env: [{name: %3$s, value: "3"}]
                readinessProbe: {httpGet: {path: /ready_check, port: 8000}, periodSeconds: 1}
      """;

  @TempDir Path folder;
  private KubernetesEnvironment test;

  @BeforeEach
  void open() {
    test = new KubernetesEnvironment(folder);
  }

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void removesWhatOnlyTheFailedReleaseHadAndKeepsSecrets() throws Exception {
    TestImage image = test.published("one");
    TestManifests manifests = TestManifests.replicas(1).and(CONFIG.formatted("old")).and(SECRET);
    Desired good = manifests.release(image);
    workloads().apply(good, _ -> {});
    TestManifests bad =
        TestManifests.replicas(1).and(CONFIG.formatted("new")).and(SECRET).env("CRASH", "3");
    Problem problem = failing(bad.release(image));
    assertTrue(problem.why().contains("serves again"), problem.why());
    assertNull(configMap("new"));
    assertNotNull(configMap("old"));
    assertNotNull(
        test.cluster().client().secrets().inNamespace(test.namespace()).withName("key").get());
    assertEquals(List.of(), workloads().compare(good));
  }

  /** A StatefulSet by itself would wait for the pod that never gets ready. */
  @Test
  void tellsWhyAStatefulSetDoesNotComeUpAndBringsItsFormerPodsBack() throws Exception {
    TestImage image = test.published("one");
    Desired good =
        TestManifests.quick(1).and(SET.formatted("StatefulSet", "store", "FINE")).release(image);
    workloads().apply(good, _ -> {});
    assertEquals(1, test.statefulSet("store").getStatus().getReadyReplicas());
    Desired bad =
        TestManifests.quick(1).and(SET.formatted("StatefulSet", "store", "CRASH")).release(image);
    Problem problem = failing(bad);
    assertEquals(Code.KUBERNETES_CRASH, problem.code());
    assertTrue(problem.message().contains("store-0"), problem.message());
    assertTrue(problem.why().contains("serves again"), problem.why());
    assertEquals(1, test.statefulSet("store").getStatus().getReadyReplicas());
    assertEquals(List.of(), workloads().compare(good));
  }

  @Test
  void aReleaseWhoseDaemonSetDoesNotComeUpIsNotGood() throws Exception {
    TestImage image = test.published("one");
    Desired bad =
        TestManifests.quick(1).and(SET.formatted("DaemonSet", "agent", "CRASH")).release(image);
    Problem problem = failing(bad);
    assertEquals(Code.KUBERNETES_CRASH, problem.code());
    assertTrue(problem.message().contains("agent-"), problem.message());
    workloads().apply(TestManifests.quick(1).env("A", "b").release(image), _ -> {});
    assertEquals(
        List.of(State.CURRENT, State.UNPROVEN),
        test.platform().releases().list().stream().map(Releases.Revision::state).toList());
  }

  @Test
  void saysThatThereIsNothingToGoBackToAndComesUpOnceMended() throws Exception {
    TestImage image = test.published("one");
    Problem problem = failing(TestManifests.replicas(1).env("CRASH", "3").release(image));
    assertEquals(Code.KUBERNETES_CRASH, problem.code());
    assertTrue(problem.why().contains("no former release"), problem.why());
    assertFalse(test.platform().ownership().owned().isEmpty());
    Status status = workloads().apply(TestManifests.replicas(1).release(image), _ -> {});
    assertEquals(Status.State.RUNNING, status.state());
  }

  @Test
  void leavesAFailureToBeLookedAtWhenTold() throws Exception {
    TestImage image = test.published("one");
    workloads().apply(TestManifests.replicas(1).release(image), _ -> {});
    Desired bad = TestManifests.replicas(1).env("CRASH", "3").release(image);
    var look = new ApplyOptions(false, false);
    MlopsException e =
        assertThrows(MlopsException.class, () -> workloads().apply(bad, look, _ -> {}));
    assertTrue(e.problem().why().contains("left as it is"), e.problem().why());
    assertEquals(Status.State.DEGRADED, test.status().state());
    assertEquals(
        List.of("release " + bad.release().name() + ": has not come up yet"),
        workloads().compare(bad));
  }

  /** A rollout that was abandoned half-way is not what the next one goes back to. */
  @Test
  void goesBackToTheLastReleaseThatCameUpAfterAnInterrupt() throws Exception {
    TestImage image = test.published("one");
    Desired good = TestManifests.replicas(1).release(image);
    workloads().apply(good, _ -> {});
    Desired bad = TestManifests.replicas(1).env("CRASH", "3").release(image);
    String told = interruptOnceApplied(bad);
    assertTrue(told.contains("mlops status"), told);
    assertFalse(workloads().compare(bad).isEmpty());

    failing(bad);
    assertEquals(Status.State.RUNNING, test.status().state());
    assertEquals(List.of(), workloads().compare(good));
    assertEquals(
        List.of(Releases.State.CURRENT, Releases.State.UNPROVEN),
        new History(test.site()).list().stream().map(Releases.Revision::state).toList());
  }

  @Test
  void handsTheCountOverToAnAutoscalerAndBack() throws Exception {
    TestImage image = test.published("one");
    workloads().apply(TestManifests.replicas(3).release(image), _ -> {});
    int[] least = {3};
    Desired autoscaled = TestManifests.replicas(3).autoscaled(1, 3).release(image);
    workloads()
        .apply(autoscaled, _ -> least[0] = Math.min(least[0], test.status().replicas().desired()));
    assertEquals(3, least[0]);
    Status status = workloads().apply(TestManifests.replicas(2).release(image), _ -> {});
    assertEquals(2, status.replicas().desired());
    assertTrue(status.autoscaling().isEmpty());
  }

  @Test
  void takesACountThatAResumeHasSet() throws Exception {
    TestImage image = test.published("one");
    workloads().apply(TestManifests.replicas(1).release(image), _ -> {});
    test.platform().power().pause(_ -> {});
    test.platform().power().resume(_ -> {});
    Status status = workloads().apply(TestManifests.replicas(2).release(image), _ -> {});
    assertEquals(2, status.replicas().ready());
  }

  private Workloads workloads() {
    return test.platform().workloads();
  }

  private Problem failing(Desired bad) {
    return assertThrows(MlopsException.class, () -> workloads().apply(bad, _ -> {})).problem();
  }

  private String interruptOnceApplied(Desired desired) throws InterruptedException {
    var applied = new CountDownLatch(1);
    var thrown = new AtomicReference<Exception>();
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                workloads()
                    .apply(
                        desired,
                        line -> {
                          if (line.contains("replicas ready")) {
                            applied.countDown();
                          }
                        });
              } catch (Exception e) {
                thrown.set(e);
              }
            });
    applied.await();
    thread.interrupt();
    thread.join();
    return String.valueOf(thrown.get());
  }

  private Object configMap(String name) {
    return test.cluster().client().configMaps().inNamespace(test.namespace()).withName(name).get();
  }
}

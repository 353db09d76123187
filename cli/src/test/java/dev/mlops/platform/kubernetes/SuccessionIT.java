package dev.mlops.platform.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.manifest.Marked;
import dev.mlops.platform.Desired;
import dev.mlops.platform.Workloads;
import dev.mlops.platform.local.TestManifests;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import dev.mlops.problem.Problem;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.dsl.ScalableResource;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can't be changed is told before anything is applied, and a Job that has ended makes way. */
@OnCluster
class SuccessionIT {
  @TempDir private static Path folder;

  private KubernetesEnvironment environment;
  private Workloads workloads;

  @BeforeEach
  void open() {
    environment = new KubernetesEnvironment(folder);
    workloads = environment.platform().workloads();
  }

  @AfterEach
  void close() {
    environment.close();
  }

  /** One that ends only when it is told to. */
  private static TestManifests withJob() {
    return TestManifests.quick(1)
        .and(
            """
            apiVersion: batch/v1
            kind: Job
            metadata: {name: prepare}
            spec:
              backoffLimit: 0
              template:
                spec:
                  restartPolicy: Never
                  terminationGracePeriodSeconds: 0
                  containers: [{name: prepare, image: tiny}]
            """);
  }

  private ScalableResource<Job> job() {
    return environment
        .cluster()
        .client()
        .batch()
        .v1()
        .jobs()
        .inNamespace(environment.namespace())
        .withName("prepare");
  }

  private String release() {
    return workloads.status().release().orElseThrow().name();
  }

  @Test
  void aJobThatRunsIsNotCutOffAndOneThatHasEndedIsReplaced() throws Exception {
    Desired one = withJob().release(environment.published("one"));
    Desired two = withJob().release(environment.published("two"));
    workloads.apply(one, _ -> {});
    String first = job().get().getMetadata().getUid();

    Problem planned = assertThrows(MlopsException.class, () -> workloads.compare(two)).problem();
    assertEquals(Code.KUBERNETES_JOB_RUNS, planned.code(), planned::toString);
    assertEquals("Job prepare still runs", planned.message());
    assertTrue(planned.next().endsWith(environment.namespace() + " delete job prepare"));
    MlopsException refused =
        assertThrows(MlopsException.class, () -> workloads.apply(two, _ -> {}));
    assertEquals(Code.KUBERNETES_JOB_RUNS, refused.problem().code());
    assertEquals(one.release().name(), release());
    assertEquals(first, job().get().getMetadata().getUid());

    endJob();
    List<String> notes = workloads.status().notes();
    assertTrue(
        notes.stream().anyMatch(n -> n.startsWith("Job prepare has failed: ")), notes::toString);
    assertTrue(workloads.compare(two).contains("Job prepare: replaced, as it has ended"));
    workloads.apply(two, _ -> {});

    assertEquals(two.release().name(), release());
    assertNotEquals(first, job().get().getMetadata().getUid());
    assertEquals(List.of(), workloads.compare(two));
    aWayBackDoesNotDoItAgain(two);
  }

  @Test
  void aJobThatTheClusterRemovedAfterItsEndIsNoDifference() throws Exception {
    TestManifests manifests =
        TestManifests.quick(1)
            .and(
                """
                apiVersion: batch/v1
                kind: Job
                metadata: {name: prepare}
                spec:
                  backoffLimit: 0
                  ttlSecondsAfterFinished: 0
                  activeDeadlineSeconds: 1
                  template:
                    spec:
                      restartPolicy: Never
                      terminationGracePeriodSeconds: 0
                      containers: [{name: prepare, image: tiny}]
                """);
    Desired one = manifests.release(environment.published("one"));
    workloads.apply(one, _ -> {});
    job().waitUntilCondition(Objects::isNull, 2, TimeUnit.MINUTES);

    assertEquals(List.of(), workloads.compare(one));
    Desired two = manifests.release(environment.published("two"));
    assertTrue(workloads.compare(two).contains("Job prepare: new"));
  }

  private void aWayBackDoesNotDoItAgain(Desired two) throws Exception {
    endJob();
    Desired three =
        withJob()
            .deployment(deployment ->
                deployment
                    .withArray("/spec/template/spec/containers/0/envFrom")
                    .addObject()
                    .putObject("configMapRef")
                    .put("name", "nowhere"))
            .release(environment.published("three"));

    MlopsException failed =
        assertThrows(MlopsException.class, () -> workloads.apply(three, _ -> {}));

    assertEquals(Code.KUBERNETES_REFERENCE, failed.problem().code());
    assertTrue(failed.problem().why().endsWith("serves again."), failed.problem()::why);
    assertEquals(two.release().name(), release());
    assertEquals(three.release().name(), job().get().getMetadata().getLabels().get(Marked.RELEASE));
  }

  private void endJob() {
    job().edit(job -> job.edit().editSpec().withActiveDeadlineSeconds(1L).endSpec().build());
    job().waitUntilCondition(SuccessionIT::hasFailed, 60, TimeUnit.SECONDS);
  }

  private static boolean hasFailed(Job job) {
    return job != null
        && job.getStatus().getConditions().stream()
            .anyMatch(condition -> condition.getType().equals("Failed"));
  }

  @Test
  void fieldsThatAreFixedAreAllNamedWithTheirRemedies() throws Exception {
    TestManifests before =
        TestManifests.quick(1)
            .with(
                """
                items:
                  - {apiVersion: v1, kind: Service, metadata: {name: inner},
                     spec: {ports: [{port: 80}]}}
                  - {apiVersion: v1, kind: ConfigMap, metadata: {name: fast}, immutable: true,
                     data: {a: b}}
                  - apiVersion: v1
                    kind: PersistentVolumeClaim
                    metadata: {name: data}
                    spec:
                      accessModes: [ReadWriteOnce]
                      storageClassName: ""
                      resources: {requests: {storage: 1Mi}}
                  - apiVersion: apps/v1
                    kind: StatefulSet
                    metadata: {name: set}
                    spec:
                      replicas: 0
                      serviceName: inner
                      selector: {matchLabels: {app: set}}
                      template:
                        metadata: {labels: {app: set}}
                        spec: {containers: [{name: set, image: tiny}]}
                """);
    Desired first = before.release(environment.published("one"));
    workloads.apply(first, _ -> {});
    Desired second = before.release(environment.published("one"));
    second
        .manifests()
        .forEach(object -> {
          switch (object.at("/metadata/name").asText()) {
            case "inner" -> object.withObject("/spec").put("clusterIP", "198.19.77.7");
            case "fast" -> object.withObject("/data").put("a", "c");
            case "data" -> object.withObject("/spec").put("storageClassName", "other");
            case "set" -> object.withObject("/spec").put("serviceName", "other");
            default -> {}
          }
        });

    Problem problem = assertThrows(MlopsException.class, () -> workloads.compare(second)).problem();

    assertEquals(Code.KUBERNETES_IMMUTABLE, problem.code());
    List<String> lines = problem.message().lines().toList();
    assertEquals(4, lines.size(), problem::message);
    for (String line :
        List.of(
            "ConfigMap fast can't be changed in data",
            "PersistentVolumeClaim data can't be changed in spec.storageClassName",
            "StatefulSet set can't be changed in spec.serviceName")) {
      assertTrue(lines.contains(line), problem::message);
    }
    assertTrue(problem.message().contains("Service inner can't be changed in spec.clusterIP"));
    assertTrue(problem.why().contains("delete statefulset set --cascade=orphan"), problem::why);
    assertTrue(problem.why().contains("the data stays with the old one"), problem::why);
  }
}

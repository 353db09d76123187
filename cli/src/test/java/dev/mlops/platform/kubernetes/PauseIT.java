package dev.mlops.platform.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mlops.platform.Status;
import dev.mlops.platform.Switch;
import dev.mlops.platform.Workloads;
import dev.mlops.platform.local.TestManifests;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pause stops whatever of ours runs, and a resume brings each of it back as it was. */
class PauseIT {
  @TempDir Path folder;

  @Test
  void everyKindOfWorkload() throws Exception {
    try (var test = new KubernetesEnvironment(folder)) {
      Workloads workloads = test.platform().workloads();
      Switch power = test.platform().power();
      var image = test.published("one");
      workloads.apply(manifests(2).release(image), _ -> {});
      for (int i = 0; i < 2; i++) {
        assertEquals(Status.State.PAUSED, power.pause(_ -> {}).state());
        assertEquals(0, store(test).getSpec().getReplicas());
        assertTrue(suspended(test, "nightly"));
        assertTrue(suspended(test, "idle"));
      }
      assertEquals(List.of(), workloads.compare(manifests(2).release(image)));

      assertEquals(
          Status.State.PAUSED, workloads.apply(manifests(1).release(image), _ -> {}).state());
      assertEquals(0, store(test).getSpec().getReplicas());
      assertTrue(suspended(test, "nightly"));

      for (int i = 0; i < 2; i++) {
        assertEquals(Status.State.RUNNING, power.resume(_ -> {}).state());
        assertEquals(1, store(test).getSpec().getReplicas());
        assertEquals(1, store(test).getStatus().getReadyReplicas());
        assertFalse(suspended(test, "nightly"));
        assertTrue(suspended(test, "idle"), "as it was");
        assertFalse(note(test).has(Pause.ANNOTATION));
      }
      assertEquals(List.of(), workloads.compare(manifests(1).release(image)));
    }
  }

  private static TestManifests manifests(int stores) {
    return TestManifests.replicas(1)
        .with(
            """
            items:
              - apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: store}
                spec:
                  replicas: %d
                  serviceName: store
                  selector: {matchLabels: {app: store}}
                  template:
                    metadata: {labels: {app: store}}
                    spec:
                      terminationGracePeriodSeconds: 1
                      containers: [{name: store, image: tiny, env: [{name: PORT, value: "9000"}]}]
              - apiVersion: batch/v1
                kind: CronJob
                metadata: {name: nightly}
                spec:
                  schedule: "0 3 * * *"
                  jobTemplate:
                    spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: tiny}]}}}
              - apiVersion: batch/v1
                kind: CronJob
                metadata: {name: idle}
                spec:
                  suspend: true
                  schedule: "0 3 * * *"
                  jobTemplate:
                    spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: tiny}]}}}
            """
                .formatted(stores));
  }

  private static StatefulSet store(KubernetesEnvironment test) {
    return test.cluster()
        .client()
        .apps()
        .statefulSets()
        .inNamespace(test.namespace())
        .withName("store")
        .get();
  }

  private static JsonNode note(KubernetesEnvironment test) {
    return new ObjectMapper().valueToTree(store(test).getMetadata().getAnnotations());
  }

  private static boolean suspended(KubernetesEnvironment test, String name) {
    CronJob job =
        test.cluster()
            .client()
            .batch()
            .v1()
            .cronjobs()
            .inNamespace(test.namespace())
            .withName(name)
            .get();
    return Boolean.TRUE.equals(job.getSpec().getSuspend());
  }
}

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
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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
        assertEquals(0, test.statefulSet("store").getSpec().getReplicas());
        assertTrue(suspended(test, "nightly"));
        assertTrue(suspended(test, "idle"));
      }
      assertEquals(List.of(), workloads.compare(manifests(2).release(image)));

      assertEquals(
          Status.State.PAUSED, workloads.apply(manifests(1).release(image), _ -> {}).state());
      assertEquals(0, test.statefulSet("store").getSpec().getReplicas());
      assertTrue(suspended(test, "nightly"));

      for (int i = 0; i < 2; i++) {
        assertEquals(Status.State.RUNNING, power.resume(_ -> {}).state());
        assertEquals(1, test.statefulSet("store").getSpec().getReplicas());
        assertEquals(1, test.statefulSet("store").getStatus().getReadyReplicas());
        assertFalse(suspended(test, "nightly"));
        assertTrue(suspended(test, "idle"), "as it was");
        assertFalse(note(test).has(Pause.ANNOTATION));
      }
      assertEquals(List.of(), workloads.compare(manifests(1).release(image)));
    }
  }

  /** A node that evicts or refuses a pod leaves it listed. */
  @Test
  void aPodThatIsOverHoldsNoPauseUp() throws Exception {
    try (var test = new KubernetesEnvironment(folder)) {
      plantRefusedPod(test);
      test.platform()
          .workloads()
          .apply(TestManifests.quick(1).release(test.published("one")), _ -> {});
      assertEquals(2, pods(test).size(), "the refused one is counted to the Deployment's");

      assertEquals(Status.State.PAUSED, test.platform().power().pause(_ -> {}).state());

      assertEquals(
          List.of("Failed"), pods(test).stream().map(p -> p.getStatus().getPhase()).toList());
    }
  }

  /** Of the Deployment that is to come, and of no use to it: no node has as many CPUs. */
  private static void plantRefusedPod(KubernetesEnvironment test) {
    var client = test.cluster().client();
    client
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(test.namespace())
                .endMetadata()
                .build())
        .create();
    String node = client.nodes().list().getItems().getFirst().getMetadata().getName();
    client
        .resource(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: refused, labels: {app: tiny}, namespace: %s}
            spec:
              nodeName: %s
              restartPolicy: Never
              containers:
                - {name: tiny, image: tiny, resources: {requests: {cpu: "10000"}}}
            """
                .formatted(test.namespace(), node))
        .create();
    client
        .pods()
        .inNamespace(test.namespace())
        .withName("refused")
        .waitUntilCondition(pod -> PodState.isOver(pod), 60, TimeUnit.SECONDS);
  }

  private static List<Pod> pods(KubernetesEnvironment test) {
    return test.cluster()
        .client()
        .pods()
        .inNamespace(test.namespace())
        .withLabel("app", "tiny")
        .list()
        .getItems();
  }

  /** Whether an autoscaler owns its count, and whether its manifest says one. */
  @Test
  void whatComesWhileItIsPausedWaitsForTheResume() throws Exception {
    try (var test = new KubernetesEnvironment(folder)) {
      Workloads workloads = test.platform().workloads();
      Switch power = test.platform().power();
      var image = test.published("one");
      workloads.apply(TestManifests.quick(1).release(image), _ -> {});
      power.pause(_ -> {});
      var more =
          TestManifests.quick(1)
              .and(deployment("plain", ""))
              .and(deployment("counted", "replicas: 2"))
              .and(deployment("scaled", ""))
              .and(autoscaler("scaled"))
              .and("{apiVersion: v1, kind: Namespace, metadata: {name: " + other(test) + "}}")
              .and(elsewhere(test))
              .release(image);
      assertTrue(workloads.compare(more).contains("Deployment besides: new"));
      for (int i = 0; i < 2; i++) {
        assertEquals(Status.State.PAUSED, workloads.apply(more, _ -> {}).state());
        assertEquals(Map.of("tiny", 0, "plain", 0, "counted", 0, "scaled", 0), counts(test));
      }
      assertEquals(List.of(), workloads.compare(more));
      assertEquals(List.of(), podsEverOf(test, "plain", "counted", "scaled"));
      assertEquals(0, besides(test).getSpec().getReplicas());

      assertEquals(Status.State.RUNNING, power.resume(_ -> {}).state());
      assertEquals(Map.of("tiny", 1, "plain", 1, "counted", 2, "scaled", 2), counts(test));
      assertEquals(1, besides(test).getStatus().getReadyReplicas());
      assertEquals(Status.State.RUNNING, workloads.apply(more, _ -> {}).state());
      assertEquals(Map.of("tiny", 1, "plain", 1, "counted", 2, "scaled", 2), counts(test));
      assertEquals(List.of(), workloads.compare(more));

      power.pause(_ -> {});
      assertEquals(0, besides(test).getSpec().getReplicas());
      TestCluster.removeNamespace(test.cluster(), other(test));
    }
  }

  /** In a namespace of its own, that the release brings along. */
  private static String elsewhere(KubernetesEnvironment test) {
    return deployment("besides", "")
        .replace("{name: besides}", "{name: besides, namespace: " + other(test) + "}");
  }

  private static String other(KubernetesEnvironment test) {
    return test.namespace() + "-b";
  }

  private static Deployment besides(KubernetesEnvironment test) {
    return test.cluster()
        .client()
        .apps()
        .deployments()
        .inNamespace(other(test))
        .withName("besides")
        .get();
  }

  private static String deployment(String name, String count) {
    return """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: %1$s}
    spec:
      %2$s
      selector: {matchLabels: {app: %1$s}}
      template:
        metadata: {labels: {app: %1$s}}
        spec:
          terminationGracePeriodSeconds: 0
          containers: [{name: c, image: tiny}]
    """
        .formatted(name, count);
  }

  private static String autoscaler(String name) {
    return """
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata: {name: %1$s}
    spec:
      scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: %1$s}
      minReplicas: 2
      maxReplicas: 2
    """
        .formatted(name);
  }

  private static Map<String, Integer> counts(KubernetesEnvironment test) {
    return test
        .cluster()
        .client()
        .apps()
        .deployments()
        .inNamespace(test.namespace())
        .list()
        .getItems()
        .stream()
        .collect(Collectors.toMap(d -> d.getMetadata().getName(), d -> d.getSpec().getReplicas()));
  }

  /** By the events of their making. */
  private static List<String> podsEverOf(KubernetesEnvironment test, String... deployments) {
    return test
        .cluster()
        .client()
        .v1()
        .events()
        .inNamespace(test.namespace())
        .withField("reason", "SuccessfulCreate")
        .list()
        .getItems()
        .stream()
        .map(event -> event.getInvolvedObject().getName())
        .filter(name -> Arrays.stream(deployments).anyMatch(name::startsWith))
        .toList();
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

  private static JsonNode note(KubernetesEnvironment test) {
    return new ObjectMapper().valueToTree(test.statefulSet("store").getMetadata().getAnnotations());
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

package dev.mlops.platform.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.manifest.Owner;
import dev.mlops.platform.Desired;
import dev.mlops.platform.Ownership;
import dev.mlops.platform.local.TestManifests;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a destroy takes with it, and what it leaves. */
@OnCluster
class DestroyIT {
  private static final Duration IMPATIENCE = Duration.ofSeconds(3);

  @TempDir private static Path folder;

  private KubernetesEnvironment environment;
  private KubernetesClient client;
  private KubernetesOwnership ownership;

  @BeforeEach
  void open() {
    environment = new KubernetesEnvironment(folder);
    client = environment.cluster().client();
    ownership = new KubernetesOwnership(environment.site(), KubernetesOwnership.PATIENCE);
  }

  @AfterEach
  void close() {
    client.namespaces().withName(other()).delete();
    environment.close();
  }

  private String other() {
    return environment.namespace() + "-other";
  }

  private void deploy(TestManifests manifests) throws InterruptedException {
    Desired desired = manifests.release(environment.published("one"));
    environment.platform().workloads().apply(desired, _ -> {});
  }

  private ConfigMap plant(String namespace, String name, Map<String, String> labels) {
    return plant(namespace, name, labels, List.of());
  }

  private ConfigMap plant(
      String namespace, String name, Map<String, String> labels, List<String> finalizers) {
    var map =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName(name)
            .withLabels(labels)
            .withFinalizers(finalizers)
            .endMetadata()
            .build();
    return client.resource(map).create();
  }

  private ConfigMap read(String namespace, String name) {
    return client.configMaps().inNamespace(namespace).withName(name).get();
  }

  @Test
  void takesEveryKindAndPlaceAndTheNamespaceThatWeMade() throws Exception {
    client
        .resource(new NamespaceBuilder().withNewMetadata().withName(other()).endMetadata().build())
        .create();
    deploy(
        TestManifests.replicas(1)
            .with(
                """
                apiVersion: v1
                kind: List
                items:
                  - {apiVersion: scheduling.k8s.io/v1, kind: PriorityClass,
                     metadata: {name: %1$s}, value: 7}
                  - {apiVersion: v1, kind: ConfigMap, metadata: {name: far, namespace: %1$s-other}}
                  - {apiVersion: coordination.k8s.io/v1, kind: Lease, metadata: {name: unusual}}
                """
                    .formatted(environment.namespace())));
    assertEquals(
        List.of(
            "ConfigMap far",
            "Deployment tiny",
            "Lease unusual",
            "Namespace " + environment.namespace(),
            "PriorityClass " + environment.namespace(),
            "Service tiny"),
        ownership.owned().stream()
            .map(thing -> thing.kind() + " " + thing.name())
            .sorted()
            .toList());
    assertTrue(ownership.owned().getFirst().detail().endsWith(" old"));

    ownership.remove(_ -> {});

    assertEquals(List.of(), ownership.owned());
    assertNull(client.namespaces().withName(environment.namespace()).get());
    assertNull(read(other(), "far"));
    assertNotNull(client.namespaces().withName(other()).get(), "not ours");
    assertNull(client.scheduling().v1().priorityClasses().withName(environment.namespace()).get());
  }

  @Test
  void leavesTheNamespaceForWhatOthersPutThere() throws Exception {
    deploy(TestManifests.replicas(1));
    plant(environment.namespace(), "planted", Map.of());
    var neighbour = new Owner("tiny", "prod", environment.namespace());
    plant(environment.namespace(), "neighbour", neighbour.labels());

    ownership.remove(_ -> {});

    assertEquals(List.of(), ownership.owned());
    Ownership.Owned kept = ownership.kept().getFirst();
    assertEquals(
        new Ownership.Owned(
            "Namespace",
            environment.namespace(),
            "holds what mlops did not make: ConfigMap neighbour, ConfigMap planted"),
        kept);
    assertNotNull(read(environment.namespace(), "planted"));
    assertTrue(
        client.pods().inNamespace(environment.namespace()).list().getItems().isEmpty(),
        "pods are gone when it returns");
    assertTrue(
        client
            .apps()
            .replicaSets()
            .inNamespace(environment.namespace())
            .list()
            .getItems()
            .isEmpty());

    client.configMaps().inNamespace(environment.namespace()).delete();
    ownership.remove(_ -> {});
    assertNull(client.namespaces().withName(environment.namespace()).get());
  }

  @Test
  void namesWhatIsStuckWithinItsPatienceAndThenGoesOn() throws Exception {
    new Namespaces(environment.site()).ensure(_ -> {});
    Map<String, String> ours = environment.site().settings().owner().labels();
    plant(environment.namespace(), "held", ours, List.of("example.com/held"));
    plant(environment.namespace(), "free", ours);
    var hasty = new KubernetesOwnership(environment.site(), IMPATIENCE);

    MlopsException stuck = assertThrows(MlopsException.class, () -> hasty.remove(_ -> {}));

    assertEquals(Code.KUBERNETES_STUCK, stuck.problem().code());
    assertEquals("These objects do not go: ConfigMap held", stuck.problem().message());
    assertEquals("ConfigMap held has the finalizer example.com/held", stuck.problem().why());
    assertNull(read(environment.namespace(), "free"));

    client
        .configMaps()
        .inNamespace(environment.namespace())
        .withName("held")
        .edit(
            map -> new ConfigMapBuilder(map).editMetadata().withFinalizers().endMetadata().build());
    ownership.remove(_ -> {});
    assertFalse(ownership.owned().stream().findAny().isPresent());
  }
}

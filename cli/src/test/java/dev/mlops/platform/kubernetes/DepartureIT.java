package dev.mlops.platform.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.mlops.platform.Desired;
import dev.mlops.platform.Workloads;
import dev.mlops.platform.local.TestManifests;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What leaves the manifests takes nothing along that is not meant to go. */
@OnCluster
class DepartureIT {
  @TempDir private static Path folder;

  private KubernetesEnvironment environment;
  private KubernetesClient client;
  private Workloads workloads;

  @BeforeEach
  void open() {
    environment = new KubernetesEnvironment(folder);
    client = environment.cluster().client();
    workloads = environment.platform().workloads();
  }

  @AfterEach
  void close() throws InterruptedException {
    try {
      environment.platform().ownership().remove(_ -> {});
    } finally {
      client.namespaces().withName(more()).delete();
      definition().delete();
      environment.close();
    }
  }

  private String more() {
    return environment.namespace() + "-more";
  }

  private String group() {
    return environment.namespace() + ".mlops.test";
  }

  private Resource<?> definition() {
    return client.apiextensions().v1().customResourceDefinitions().withName("widgets." + group());
  }

  private TestManifests containers() {
    return TestManifests.quick(1)
        .with(
            """
            items:
              - {apiVersion: v1, kind: Namespace, metadata: {name: %1$s}}
              - {apiVersion: v1, kind: ConfigMap, metadata: {name: ours, namespace: %1$s}}
              - apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: data}
                spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Mi}}}
              - {apiVersion: %2$s/v1, kind: Widget, metadata: {name: ours}}
              - apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: widgets.%2$s}
                spec:
                  group: %2$s
                  scope: Namespaced
                  names: {plural: widgets, singular: widget, kind: Widget}
                  versions:
                    - name: v1
                      served: true
                      storage: true
                      schema: {openAPIV3Schema: {type: object}}
            """
                .formatted(more(), group()));
  }

  private void makeWhatIsOfOthers() {
    client
        .resource(new ConfigMapBuilder().withNewMetadata().withName("theirs").endMetadata().build())
        .inNamespace(more())
        .create();
    widget().create();
  }

  private Resource<GenericKubernetesResource> widget() {
    var kind = new Kind(group() + "/v1", "Widget");
    var widget = new GenericKubernetesResource();
    widget.setApiVersion(kind.apiVersion());
    widget.setKind(kind.kind());
    widget.setMetadata(new ObjectMetaBuilder().withName("theirs").build());
    return client
        .genericKubernetesResources(new ApiKind(kind, "widgets", true, Set.of()).context())
        .inNamespace(environment.namespace())
        .resource(widget);
  }

  @Test
  void whatHoldsOthersOrDataStaysAndIsToldOnce() throws Exception {
    workloads.apply(release(containers()), _ -> {});
    makeWhatIsOfOthers();
    Desired without = release(TestManifests.quick(1));
    String why = ": stays, though it has left the manifests: ";

    assertEquals(
        Set.of(
            "Namespace " + more() + why + "it holds ConfigMap theirs",
            "CustomResourceDefinition widgets." + group() + why + "it holds Widget theirs",
            "PersistentVolumeClaim data"
                + why
                + "its data would go with it; only `mlops destroy` removes it",
            "ConfigMap ours: removed",
            "Widget ours: removed"),
        Set.copyOf(workloads.compare(without)));
    workloads.apply(without, _ -> {});

    assertNull(client.configMaps().inNamespace(more()).withName("ours").get());
    assertNotNull(client.configMaps().inNamespace(more()).withName("theirs").get());
    assertNotNull(widget().get());
    assertEquals(List.of(), workloads.compare(without));

    client.configMaps().inNamespace(more()).withName("theirs").delete();
    widget().delete();
    widget().waitUntilCondition(Objects::isNull, 60, TimeUnit.SECONDS);
    assertEquals(
        Set.of(
            "Namespace " + more() + ": removed",
            "CustomResourceDefinition widgets." + group() + ": removed"),
        Set.copyOf(workloads.compare(without)));
    workloads.apply(without, _ -> {});

    assertEquals(List.of(), workloads.compare(without));
    client.namespaces().withName(more()).waitUntilCondition(Objects::isNull, 60, TimeUnit.SECONDS);
  }

  private Desired release(TestManifests manifests) throws InterruptedException {
    return manifests.release(environment.published("one"));
  }
}

package dev.mlops.platform.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.platform.ApplyOptions;
import dev.mlops.platform.Desired;
import dev.mlops.platform.Status;
import dev.mlops.platform.Workloads;
import dev.mlops.platform.local.TestManifests;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import dev.mlops.problem.Problem;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an apply does with what others did, and with what has left the manifests. */
@OnCluster
class ApplyIT {
  private static final String SETTINGS =
      """
      apiVersion: v1
      kind: List
      items:
        - {apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {colour: %s}}
      """;

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
  void close() {
    environment.close();
  }

  private Desired desired(TestManifests manifests) throws InterruptedException {
    return manifests.release(environment.published("one"));
  }

  private void patchAs(String manager, String patch) {
    PatchContext merge =
        new PatchContext.Builder()
            .withPatchType(PatchType.JSON_MERGE)
            .withFieldManager(manager)
            .build();
    client
        .configMaps()
        .inNamespace(environment.namespace())
        .withName("settings")
        .patch(merge, patch);
  }

  private String colour() {
    return client
        .configMaps()
        .inNamespace(environment.namespace())
        .withName("settings")
        .get()
        .getData()
        .get("colour");
  }

  @Test
  void aConflictNamesFieldOwnerAndBothValues() throws Exception {
    workloads.apply(desired(TestManifests.replicas(1).with(SETTINGS.formatted("red"))), _ -> {});
    patchAs("somebody", "{\"data\": {\"colour\": \"green\"}}");
    Desired blue = desired(TestManifests.replicas(1).with(SETTINGS.formatted("blue")));

    assertEquals(List.of("ConfigMap settings: data.colour green → blue"), workloads.compare(blue));
    MlopsException refused =
        assertThrows(MlopsException.class, () -> workloads.apply(blue, _ -> {}));

    Problem problem = refused.problem();
    assertEquals(Code.KUBERNETES_CONFLICT, problem.code());
    assertTrue(
        problem
            .message()
            .contains(".data.colour is \"green\", set by somebody; the manifests say \"blue\""),
        problem.message());
    workloads.apply(blue, new ApplyOptions(true, true), _ -> {});
    assertEquals("blue", colour());
  }

  /** A former version did not label the namespace. */
  @Test
  void whatAFormerVersionLabelledIsStillOurs() throws Exception {
    Desired desired = desired(TestManifests.quick(1).with(SETTINGS.formatted("red")));
    workloads.apply(desired, _ -> {});
    String unlabel = "{\"metadata\": {\"labels\": {\"mlops.dev/namespace\": null}}}";
    patchAs(Applier.MANAGER, unlabel);
    client
        .apps()
        .deployments()
        .inNamespace(environment.namespace())
        .withName("tiny")
        .patch(PatchContext.of(PatchType.JSON_MERGE), unlabel);

    assertEquals(Status.State.RUNNING, workloads.status().state());
    assertTrue(
        environment.platform().ownership().owned().stream()
            .anyMatch(owned -> owned.name().equals("settings")));
    Desired without = desired(TestManifests.quick(1));
    assertTrue(workloads.compare(without).contains("ConfigMap settings: removed"));
    workloads.apply(without, _ -> {});
    assertEquals(List.of(), workloads.compare(without));
  }

  @Test
  void whatLeftTheManifestsIsShownAndRemovedIfItIsOurs() throws Exception {
    workloads.apply(desired(TestManifests.replicas(1).with(SETTINGS.formatted("red"))), _ -> {});
    Desired without = desired(TestManifests.replicas(1));

    assertEquals(List.of("ConfigMap settings: removed"), workloads.compare(without));
    workloads.apply(without, _ -> {});

    assertNull(client.configMaps().inNamespace(environment.namespace()).withName("settings").get());
    assertEquals(List.of(), workloads.compare(without));
  }

  @Test
  void aFieldThatIsFixedIsNamedWithTheRemedy() throws Exception {
    workloads.apply(desired(TestManifests.replicas(1)), _ -> {});
    Desired other = desired(TestManifests.replicas(1));
    ObjectNode deployment = other.manifests().getFirst();
    deployment.withObject("/spec/selector/matchLabels").put("more", "yes");
    deployment.withObject("/spec/template/metadata/labels").put("more", "yes");

    Problem problem = assertThrows(MlopsException.class, () -> workloads.compare(other)).problem();

    assertEquals(Code.KUBERNETES_IMMUTABLE, problem.code());
    assertEquals("Deployment tiny can't be changed in spec.selector", problem.message());
    assertTrue(problem.next().endsWith(" delete deployment tiny"), problem.next());
  }

  /** The definition is cluster-wide: its name is this test's own. */
  @Test
  void aKindMayComeWithItsDefinition() throws Exception {
    String group = environment.namespace() + ".mlops.test";
    Desired desired =
        desired(
            TestManifests.quick(1)
                .with(
                    """
                    items:
                      - {apiVersion: %1$s/v1, kind: Widget, metadata: {name: a}, spec: {size: 1}}
                      - apiVersion: apiextensions.k8s.io/v1
                        kind: CustomResourceDefinition
                        metadata: {name: widgets.%1$s}
                        spec:
                          group: %1$s
                          scope: Namespaced
                          names: {plural: widgets, singular: widget, kind: Widget}
                          versions:
                            - name: v1
                              served: true
                              storage: true
                              schema:
                                openAPIV3Schema:
                                  type: object
                                  properties:
                                    spec: {type: object, properties: {size: {type: integer}}}
                    """
                        .formatted(group)));
    new Namespaces(environment.site()).ensure(_ -> {});
    try {
      assertTrue(workloads.compare(desired).contains("Widget a: new"));
      workloads.apply(desired, _ -> {});
      assertEquals(List.of(), workloads.compare(desired));
    } finally {
      environment.platform().ownership().remove(_ -> {});
    }
    assertNull(
        client.apiextensions().v1().customResourceDefinitions().withName("widgets." + group).get());
  }

  @Test
  void anUnknownKindIsNamed() throws Exception {
    Desired strange =
        desired(
            TestManifests.replicas(1)
                .with(
                    """
                    items: [{apiVersion: example.com/v1, kind: Strange, metadata: {name: a}}]
                    """));
    new Namespaces(environment.site()).ensure(_ -> {});

    Problem problem =
        assertThrows(MlopsException.class, () -> workloads.compare(strange)).problem();

    assertEquals(Code.KUBERNETES_KIND, problem.code());
  }

  @Test
  void eachReplicaIsAskedByItself() throws Exception {
    Status status = workloads.apply(desired(TestManifests.replicas(2)), _ -> {});
    for (Status.Replica replica : status.replicas().all()) {
      byte[] answer = workloads.ask(replica, "/").orElseThrow();
      assertTrue(new String(answer, UTF_8).startsWith("hello "), new String(answer, UTF_8));
    }
  }
}

package dev.mlops.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.container.v1.NodePool;
import com.google.rpc.Code;
import dev.mlops.platform.gcp.fake.ApiFault;
import dev.mlops.platform.gcp.fake.FakeGoogle;
import dev.mlops.platform.gcp.fake.Faults;
import dev.mlops.platform.gcp.fake.Journal;
import dev.mlops.platform.kubernetes.Cluster;
import dev.mlops.platform.kubernetes.MetadataPod;
import dev.mlops.platform.kubernetes.TestCluster;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * From an empty project of Google's to a receipt, with the built tool: Google is a fake, and the
 * cluster that it makes answers at a real one. Each test is the next chapter.
 */
@TestMethodOrder(OrderAnnotation.class)
final class GcpLifeCycleIT {
  private static final String NAMESPACE =
      "mlops-it-" + UUID.randomUUID().toString().substring(0, 8);
  private static final String PROJECT = "my-mlops-project";

  @TempDir private static Path temp;
  private static final FakeGoogle GOOGLE = new FakeGoogle();
  private static final List<Tool.Result> RESULTS = new ArrayList<>();
  private static Cluster cluster;
  private static String token;
  private static Tool tool;
  private static MetadataPod metadata;

  @BeforeAll
  static void project() throws Exception {
    cluster = TestCluster.require();
    Path secret = TestCluster.kubeconfig().resolveSibling("token");
    assumeTrue(Files.isReadable(secret), "no bearer token of the cluster beside its kubeconfig");
    token = Files.readString(secret).strip();
    Config access = Config.fromKubeconfig(TestCluster.kubeconfig().toFile());
    String address = URI.create(access.getMasterUrl()).getAuthority();
    GOOGLE.clusters().answerAt(address, access.getCaCertData());

    tool = new Tool(temp.resolve("iris"), Map.of("GOOGLE_OAUTH_ACCESS_TOKEN", token));
    tool.run("init", ".").expect(0);
    Path config = tool.folder().resolve("mlops.yaml");
    Files.writeString(
        config,
        Files.readString(config).replaceFirst("(?s)\nenvironments:.*", "")
            + """

            environments:
              prod:
                platform: gcp
                kubernetes: {namespace: %s}
                scale: {min: 1, max: 1}
                ci: {repository: acme/iris}
                gcp:
                  project: %s
                  billingAccount: 012345-6789AB-CDEF01
                  cluster: {zones: [us-central1-a], nodes: {min: 2, max: 4}}
                  github: {repositoryId: "1234", ownerId: "56"}
                  endpoints: %s,registry=http://%s
            """
                .formatted(NAMESPACE, PROJECT, GOOGLE.endpoints(), TestCluster.registry()));
    endPodsSoon();
    metadata = new MetadataPod(temp, PROJECT + ".svc.id.goog", PROJECT);
    askAt(metadata.address());
  }

  /** Where a cluster of Google's has its metadata server, this one has one of ours. */
  private static void askAt(String address) throws IOException {
    Path deployment = tool.folder().resolve("k8s/deployment.yaml");
    String variable = "env: [{name: GCE_METADATA_HOST, value: \"" + address + "\"}]";
    Files.writeString(
        deployment,
        Files.readString(deployment)
            .replaceFirst("(?m)^( +)image: iris$", "$1image: iris\n$1" + variable));
  }

  /** No load balancer has to hear of it, and each pod that ends waits for it. */
  private static void endPodsSoon() throws IOException {
    Path deployment = tool.folder().resolve("k8s/deployment.yaml");
    String text = Files.readString(deployment);
    Files.writeString(deployment, text.replaceFirst("(sleep:\\s+seconds:) 5", "$1 1"));
  }

  @AfterAll
  static void leaveNothingBehind() {
    GOOGLE.close();
    if (metadata != null) {
      metadata.close();
    }
    if (cluster != null) {
      TestCluster.removeNamespace(cluster, NAMESPACE);
    }
  }

  private static JsonNode run(String... args) throws Exception {
    return run(List.of(0), args);
  }

  private static JsonNode run(List<Integer> statuses, String... args) throws Exception {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--env", "prod", "-o", "json"));
    Tool.Result result = tool.run(all.toArray(String[]::new));
    RESULTS.add(result);
    return statuses.contains(result.status()) ? result.json() : result.expect(0).json();
  }

  private static NodePool nodes() {
    return GOOGLE.alone(() -> GOOGLE.clusters().all().iterator().next().getNodePools(0));
  }

  private static int replicas() {
    return cluster
        .client()
        .apps()
        .deployments()
        .inNamespace(NAMESPACE)
        .withName("iris")
        .get()
        .getSpec()
        .getReplicas();
  }

  private static int predict(JsonNode status) throws Exception {
    try (Traffic traffic = Traffic.open()) {
      URI endpoint = URI.create(status.path("endpoint").asText());
      return traffic.predict(endpoint, Traffic.flower(5.1, 3.5, 1.4, 0.2));
    }
  }

  @Test
  @Order(1)
  void fromAnEmptyProjectToAPrediction() throws Exception {
    JsonNode up = run("up", "--yes");
    assertEquals("running", up.path("state").asText(), up::toPrettyString);
    assertEquals(2, nodes().getInitialNodeCount());
    assertTrue(up.path("image").asText().contains("@sha256:"), up::toPrettyString);
    assertEquals(200, predict(up));
    assertEquals(1, replicas());
    assertEquals(
        "my-mlops-project.svc.id.goog is what the pods are, of the pool"
            + " my-mlops-project.svc.id.goog, with tokens for mlops",
        detail(up, "verify-identity"));
  }

  private static String detail(JsonNode report, String step) {
    return report
        .path("steps")
        .valueStream()
        .filter(each -> each.path("id").asText().equals(step))
        .map(each -> each.path("detail").asText())
        .findFirst()
        .orElseThrow();
  }

  @Test
  @Order(2)
  void aShortLoadIsAnswered() throws Exception {
    // A crowded machine makes the load tester late, and then it says so by its exit code.
    JsonNode load = run(List.of(0, 5), "loadtest", "--rate", "20", "--duration", "2s");
    assertTrue(load.path("requests").asLong() > 0, load::toPrettyString);
    assertEquals(0, load.path("errors").asLong(), load::toPrettyString);
  }

  @Test
  @Order(3)
  void pauseTakesThePodsAndTheNodes() throws Exception {
    assertEquals("paused", run("pause").path("state").asText());
    assertEquals(0, replicas());
    assertEquals(0, nodes().getInitialNodeCount());
    assertFalse(nodes().getAutoscaling().getEnabled());
  }

  @Test
  @Order(4)
  void resumeBringsBothBack() throws Exception {
    JsonNode resumed = run("resume");
    assertEquals("running", resumed.path("state").asText(), resumed::toPrettyString);
    assertEquals(1, replicas());
    assertEquals(2, nodes().getInitialNodeCount());
    assertTrue(nodes().getAutoscaling().getEnabled());
    assertEquals(200, predict(resumed));
  }

  @Test
  @Order(5)
  void aSecondUpAsksForNoChange() throws Exception {
    int calls = GOOGLE.journal().calls().size();
    JsonNode up = run("up", "--yes");
    assertEquals(0, up.path("changed").asInt(), up::toPrettyString);
    List<Journal.Call> more = GOOGLE.journal().calls();
    more = more.subList(calls, more.size());
    assertFalse(more.isEmpty(), "nothing was looked at");
    assertEquals(List.of(), more.stream().filter(Journal.Call::mutates).toList());
  }

  /** Every pod of a node gets a token, so only whose it is tells. */
  @Test
  @Order(6)
  void withoutWorkloadIdentityThePodsAreTheirNode() throws Exception {
    metadata.become("iris-prod-nodes@my-mlops-project.iam.gserviceaccount.com");
    cluster.client().configMaps().inNamespace(NAMESPACE).withName("mlops-identity").delete();
    JsonNode refused = run(List.of(1), "up", "--yes");
    assertEquals("MLOPS-GCP-014", refused.at("/error/code").asText(), refused::toPrettyString);
    assertTrue(refused.at("/error/why").asText().contains("iris-prod-nodes@"));
    assertEquals(
        List.of(), cluster.client().batch().v1().jobs().inNamespace(NAMESPACE).list().getItems());
  }

  @Test
  @Order(7)
  void destroyLeavesNothingThatBills() throws Exception {
    JsonNode destroyed = run("destroy", "--confirm", "prod");
    JsonNode receipt = destroyed.path("receipt");
    assertEquals(0, destroyed.path("left").size(), destroyed::toPrettyString);
    assertEquals("0", receipt.path("monthly").asText(), receipt::toPrettyString);
    for (String kind : List.of("Kubernetes object", "cluster", "repository")) {
      assertTrue(found(receipt, kind) > 0, () -> kind + " in " + receipt.toPrettyString());
    }
    assertEquals(
        receipt,
        new ObjectMapper().readTree(Path.of(destroyed.path("receiptFile").asText()).toFile()));
    assertTrue(GOOGLE.alone(() -> GOOGLE.clusters().all().isEmpty()));
    assertEquals(List.of(), List.copyOf(GOOGLE.alone(() -> GOOGLE.repositories().names())));
    assertEquals(List.of(), GOOGLE.alone(() -> GOOGLE.compute().paths()));
    assertEquals(
        List.of(), cluster.client().apps().deployments().inNamespace(NAMESPACE).list().getItems());
  }

  /** All is gone, and of one kind nobody can say so. */
  @Test
  @Order(8)
  void aReceiptThatLeavesSomethingOpenIsNoProof() throws Exception {
    GOOGLE
        .faults()
        .when(
            method -> method.contains("aggregated/disks"),
            Faults.Moment.BEFORE,
            0,
            1000,
            () -> ApiFault.of(Code.PERMISSION_DENIED, "Required 'compute.disks.list' permission"));
    JsonNode destroyed = run(List.of(1), "destroy", "--confirm", "prod");
    GOOGLE.faults().clear();
    assertEquals("MLOPS-DEPLOY-009", destroyed.at("/error/code").asText());
    JsonNode receipt = destroyed.path("receipt");
    assertFalse(receipt.path("complete").asBoolean(true), destroyed::toPrettyString);
    assertEquals(
        List.of("disk: Required 'compute.disks.list' permission"),
        receipt
            .path("lookedFor")
            .valueStream()
            .filter(kind -> !kind.path("notLookedAt").isNull())
            .map(kind -> kind.path("kind").asText() + ": " + kind.path("notLookedAt").asText())
            .toList());
  }

  private static int found(JsonNode receipt, String kind) {
    return receipt
        .path("lookedFor")
        .valueStream()
        .filter(looked -> looked.path("kind").asText().equals(kind))
        .mapToInt(looked -> looked.path("found").size())
        .sum();
  }

  @Test
  @Order(9)
  void theTokenIsNowhere() throws Exception {
    List<String> said =
        new ArrayList<>(
            RESULTS.stream()
                .flatMap(result -> List.of(result.out(), result.err()).stream())
                .toList());
    GOOGLE.journal().calls().forEach(call -> said.add(call.toString()));
    try (var files = Files.walk(tool.folder())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        said.add(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    assertEquals(0, said.stream().filter(text -> text.contains(token)).count());
  }
}

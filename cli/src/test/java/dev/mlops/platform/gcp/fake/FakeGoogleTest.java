package dev.mlops.platform.gcp.fake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.rpc.AbortedException;
import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.FailedPreconditionException;
import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.api.gax.rpc.PermissionDeniedException;
import com.google.api.gax.rpc.UnavailableException;
import com.google.cloud.container.v1.ClusterManagerClient;
import com.google.cloud.container.v1.ClusterManagerSettings;
import com.google.cloud.iam.admin.v1.IAMClient;
import com.google.cloud.iam.admin.v1.IAMSettings;
import com.google.cloud.resourcemanager.v3.ProjectsClient;
import com.google.cloud.resourcemanager.v3.ProjectsSettings;
import com.google.container.v1.Cluster;
import com.google.container.v1.ClusterUpdate;
import com.google.container.v1.CostManagementConfig;
import com.google.container.v1.CreateClusterRequest;
import com.google.container.v1.NodeConfig;
import com.google.container.v1.NodePool;
import com.google.container.v1.Operation;
import com.google.container.v1.SetNodePoolSizeRequest;
import com.google.container.v1.ShieldedNodes;
import com.google.container.v1.UpdateClusterRequest;
import com.google.iam.admin.v1.ServiceAccount;
import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import com.google.rpc.Code;
import com.google.rpc.Status;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The fake as Google's own clients see it: it must refuse what Google refuses. */
final class FakeGoogleTest {
  private static final String PROJECT = "my-mlops-project";
  private static final String PARENT = "projects/" + PROJECT + "/locations/us-central1-a";
  private static final Duration LONG = Duration.ofHours(1);
  private static final String NAME = PARENT + "/clusters/mlops";

  private final FakeGoogle google = new FakeGoogle();
  private ClusterManagerClient clusters;
  private IAMClient accounts;
  private ProjectsClient projects;

  @BeforeEach
  void connect() throws IOException {
    google.pace().clusters(LONG);
    google.pace().operations(LONG);
    google.projects().plant(PROJECT);
    google
        .services()
        .plant(PROJECT, "container.googleapis.com", "iam.googleapis.com", "compute.googleapis.com");
    String endpoint = "127.0.0.1:" + google.grpcPort();
    var container = ClusterManagerSettings.newBuilder();
    container
        .setEndpoint(endpoint)
        .setCredentialsProvider(NoCredentialsProvider.create())
        .setTransportChannelProvider(
            ClusterManagerSettings.defaultGrpcTransportProviderBuilder()
                .setEndpoint(endpoint)
                .setChannelConfigurator(channel -> channel.usePlaintext())
                .build());
    clusters = ClusterManagerClient.create(container.build());
    var iam = IAMSettings.newBuilder();
    iam.setCredentialsProvider(NoCredentialsProvider.create())
        .setTransportChannelProvider(
            IAMSettings.defaultGrpcTransportProviderBuilder()
                .setEndpoint(endpoint)
                .setChannelConfigurator(channel -> channel.usePlaintext())
                .build());
    accounts = IAMClient.create(iam.build());
    var resources = ProjectsSettings.newBuilder();
    resources
        .setCredentialsProvider(NoCredentialsProvider.create())
        .setTransportChannelProvider(
            ProjectsSettings.defaultGrpcTransportProviderBuilder()
                .setEndpoint(endpoint)
                .setChannelConfigurator(channel -> channel.usePlaintext())
                .build());
    projects = ProjectsClient.create(resources.build());
  }

  @AfterEach
  void close() {
    clusters.close();
    accounts.close();
    projects.close();
    google.close();
  }

  private static Cluster.Builder cluster() {
    return Cluster.newBuilder()
        .setName("mlops")
        .addNodePools(NodePool.newBuilder().setName("default-pool").setInitialNodeCount(2));
  }

  private Operation create(Cluster.Builder cluster) {
    return clusters.createCluster(
        CreateClusterRequest.newBuilder().setParent(PARENT).setCluster(cluster).build());
  }

  private void await(Operation operation) {
    String name = PARENT + "/operations/" + operation.getName();
    assertEquals(Operation.Status.RUNNING, clusters.getOperation(name).getStatus());
    google.finish();
    assertEquals(Operation.Status.DONE, clusters.getOperation(name).getStatus());
  }

  @Test
  void aClusterIsProvisionedThenRunsThenIsGone() {
    Operation operation = create(cluster());
    assertEquals(Cluster.Status.PROVISIONING, clusters.getCluster(NAME).getStatus());
    await(operation);
    Cluster made = clusters.getCluster(NAME);
    assertEquals(Cluster.Status.RUNNING, made.getStatus());
    assertEquals("e2-medium", made.getNodePools(0).getConfig().getMachineType());
    await(clusters.deleteCluster(NAME));
    assertThrows(NotFoundException.class, () -> clusters.getCluster(NAME));
    assertEquals(2, google.journal().mutations().size());
  }

  @Test
  void whatIsThereIsNotMadeAgain() {
    create(cluster());
    assertThrows(AlreadyExistsException.class, () -> create(cluster()));
  }

  @Test
  void aBusyClusterRefusesToBeDeleted() {
    create(cluster());
    var refused =
        assertThrows(FailedPreconditionException.class, () -> clusters.deleteCluster(NAME));
    assertEquals("CLUSTER_ALREADY_HAS_OPERATION", refused.getReason());
    assertTrue(refused.getMessage().contains("operation-"), refused.getMessage());
  }

  @Test
  void anUpdateChangesOneThing() {
    await(create(cluster()));
    ClusterUpdate two =
        ClusterUpdate.newBuilder()
            .setDesiredShieldedNodes(ShieldedNodes.newBuilder().setEnabled(true))
            .setDesiredCostManagementConfig(CostManagementConfig.newBuilder().setEnabled(true))
            .build();
    assertThrows(InvalidArgumentException.class, () -> update(two));
    await(update(two.toBuilder().clearDesiredShieldedNodes().build()));
    assertTrue(clusters.getCluster(NAME).getCostManagementConfig().getEnabled());
    ClusterUpdate late =
        two.toBuilder().clearDesiredShieldedNodes().setEtag("etag-of-yesterday").build();
    assertThrows(AbortedException.class, () -> update(late));
  }

  private Operation update(ClusterUpdate update) {
    return clusters.updateCluster(
        UpdateClusterRequest.newBuilder().setName(NAME).setUpdate(update).build());
  }

  @Test
  void theGuidesClusterDoesNotFitTheQuota() {
    var refused =
        assertThrows(
            PermissionDeniedException.class,
            () ->
                clusters.createCluster(
                    CreateClusterRequest.newBuilder()
                        .setParent("projects/" + PROJECT + "/locations/us-central1")
                        .setCluster(cluster())
                        .build()));
    assertTrue(refused.getMessage().contains("short '100.0'"), refused.getMessage());
  }

  @Test
  void anOperationCanBeDoneAndHaveFailed() {
    google
        .clusters()
        .failNext(
            Operation.Type.CREATE_CLUSTER,
            Status.newBuilder()
                .setCode(Code.RESOURCE_EXHAUSTED_VALUE)
                .setMessage("GCE_STOCKOUT")
                .build());
    Operation operation = create(cluster());
    await(operation);
    var ended = clusters.getOperation(PARENT + "/operations/" + operation.getName());
    assertEquals("GCE_STOCKOUT", ended.getError().getMessage());
    assertEquals(Cluster.Status.ERROR, clusters.getCluster(NAME).getStatus());
  }

  @Test
  void aPoolsSizeIsForEachZone() throws Exception {
    await(create(cluster().addLocations("us-central1-a").addLocations("us-central1-b")));
    assertEquals(4, targets());
    await(
        clusters.setNodePoolSize(
            SetNodePoolSizeRequest.newBuilder()
                .setName(NAME + "/nodePools/default-pool")
                .setNodeCount(1)
                .build()));
    assertEquals(2, targets());
  }

  /** Over all pages. */
  private int targets() throws Exception {
    int targets = 0;
    String page = "";
    do {
      JsonNode answer =
          get("/compute/v1/projects/" + PROJECT + "/aggregated/instanceGroupManagers" + page);
      for (JsonNode scope : answer.path("items")) {
        for (JsonNode group : scope.path("instanceGroupManagers")) {
          targets += group.path("targetSize").asInt();
        }
      }
      page =
          answer.has("nextPageToken") ? "?pageToken=" + answer.get("nextPageToken").asText() : "";
    } while (!page.isEmpty());
    return targets;
  }

  private JsonNode get(String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + google.restPort() + path);
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> answer =
          http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
      return new ObjectMapper().readTree(answer.body());
    }
  }

  @Test
  void aFreshAccountIsNotYetKnown() {
    google.pace().accountsAreVisibleAfter(LONG);
    String email = "mlops-nodes@" + PROJECT + ".iam.gserviceaccount.com";
    accounts.createServiceAccount(
        "projects/" + PROJECT, "mlops-nodes", ServiceAccount.getDefaultInstance());
    NodeConfig config = NodeConfig.newBuilder().setServiceAccount(email).build();
    Cluster.Builder wanted = cluster();
    wanted.getNodePoolsBuilder(0).setConfig(config);
    assertThrows(InvalidArgumentException.class, () -> create(wanted));
    assertThrows(
        NotFoundException.class,
        () -> accounts.getServiceAccount("projects/" + PROJECT + "/serviceAccounts/" + email));
    google.finish();
    create(wanted);
  }

  @Test
  void aPolicyIsWrittenOnWhatWasRead() {
    String resource = "projects/" + PROJECT;
    Policy read = projects.getIamPolicy(resource);
    Binding viewer =
        Binding.newBuilder().setRole("roles/viewer").addMembers("user:a@example.com").build();
    projects.setIamPolicy(resource, read.toBuilder().addBindings(viewer).build());
    assertThrows(
        AbortedException.class,
        () -> projects.setIamPolicy(resource, read.toBuilder().addBindings(viewer).build()));
    Binding nobody =
        Binding.newBuilder()
            .setRole("roles/viewer")
            .addMembers("serviceAccount:nobody@" + PROJECT + ".iam.gserviceaccount.com")
            .build();
    Policy now = projects.getIamPolicy(resource);
    assertThrows(
        InvalidArgumentException.class,
        () -> projects.setIamPolicy(resource, now.toBuilder().addBindings(nobody).build()));
  }

  @Test
  void anApiThatIsOffSaysSo() {
    google.projects().plant("another-project");
    var refused =
        assertThrows(
            PermissionDeniedException.class,
            () -> clusters.listClusters("projects/another-project/locations/-"));
    assertEquals("SERVICE_DISABLED", refused.getReason());
  }

  @Test
  void whatBreaksOnTheWayBackIsDoneAllTheSame() {
    ApiException lost =
        assertThrows(
            UnavailableException.class,
            () -> {
              google
                  .faults()
                  .once(
                      "CreateCluster",
                      Faults.Moment.AFTER,
                      ApiFault.of(Code.UNAVAILABLE, "connection reset"));
              create(cluster());
            });
    assertFalse(lost.getMessage().isEmpty());
    assertEquals("mlops", clusters.getCluster(NAME).getName());
  }
}

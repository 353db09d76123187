package dev.mlops.platform.gcp;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.container.v1.Cluster;
import com.google.container.v1.Operation;
import com.google.iam.v1.Binding;
import com.google.rpc.Status;
import com.google.type.Expr;
import dev.mlops.platform.Resource;
import dev.mlops.platform.Resource.Way;
import dev.mlops.platform.gcp.fake.ApiFault;
import dev.mlops.platform.gcp.fake.FakeGoogle;
import dev.mlops.platform.gcp.fake.Faults;
import dev.mlops.platform.gcp.fake.Journal;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What provisioning makes of an empty billing account, and of what is there. */
final class ProvisioningTest {
  @TempDir private Path folder;
  private final GoogleProject google = new GoogleProject();

  @AfterEach
  void close() {
    google.close();
  }

  @Test
  void anEmptyBillingAccountEndsWithEverything() throws Exception {
    google.ensureAll(folder, "");

    Cluster cluster = google.cluster();
    assertEquals(
        "my-mlops-project.svc.id.goog", cluster.getWorkloadIdentityConfig().getWorkloadPool());
    assertEquals(
        "iris-prod-nodes@my-mlops-project.iam.gserviceaccount.com",
        cluster.getNodePools(0).getConfig().getServiceAccount());
    assertEquals(
        List.of(
            "roles/cloudtrace.agent"
                + " principal://iam.googleapis.com/projects/N/locations/global/workloadIdentityPools/my-mlops-project.svc.id.goog/subject/ns/iris/sa/iris",
            "roles/container.clusterViewer"
                + " serviceAccount:iris-prod-ci@my-mlops-project.iam.gserviceaccount.com",
            "roles/container.defaultNodeServiceAccount"
                + " serviceAccount:iris-prod-nodes@my-mlops-project.iam.gserviceaccount.com",
            "roles/monitoring.metricWriter"
                + " principal://iam.googleapis.com/projects/N/locations/global/workloadIdentityPools/my-mlops-project.svc.id.goog/subject/ns/iris/sa/iris"),
        google.grants("projects/my-mlops-project"));
    assertEquals(
        List.of(
            "roles/artifactregistry.reader"
                + " serviceAccount:iris-prod-nodes@my-mlops-project.iam.gserviceaccount.com",
            "roles/artifactregistry.writer"
                + " serviceAccount:iris-prod-ci@my-mlops-project.iam.gserviceaccount.com"),
        google.grants("projects/my-mlops-project/locations/us-central1/repositories/mlops-images"));
    assertEquals(
        List.of(
            "roles/iam.workloadIdentityUser"
                + " principalSet://iam.googleapis.com/projects/N/locations/global/workloadIdentityPools/iris-prod-ci/attribute.repository_id/1234"),
        google.grants(
            "projects/my-mlops-project/serviceAccounts/iris-prod-ci@my-mlops-project.iam.gserviceaccount.com"));
    assertEquals(1, google.fake().journal().count("BatchEnableServices"));
  }

  @Test
  void aSecondRunMutatesNothingAndKeysAreNeverMade() throws Exception {
    google.ensureAll(folder, "");
    assertEquals(0, google.fake().journal().count("CreateServiceAccountKey"));
    google.fake().journal().clear();

    google.ensureAll(folder, "");
    assertEquals(List.of(), google.fake().journal().mutations());
    for (Resource resource : google.resources(folder, "")) {
      assertInstanceOf(Resource.State.Ready.class, resource.look(), resource.id());
    }
  }

  @Test
  void podsMayActAsAnAccountOfGoogles() throws Exception {
    google.ensureAll(folder, "mode: impersonation\nroles: [roles/storage.objectViewer]");

    assertEquals(
        List.of(
            "roles/iam.workloadIdentityUser"
                + " serviceAccount:my-mlops-project.svc.id.goog[iris/iris]"),
        google.grants(
            "projects/my-mlops-project/serviceAccounts/iris-prod-pods@my-mlops-project.iam.gserviceaccount.com"));
    assertTrue(
        google
            .grants("projects/my-mlops-project")
            .contains(
                "roles/storage.objectViewer"
                    + " serviceAccount:iris-prod-pods@my-mlops-project.iam.gserviceaccount.com"));
  }

  @Test
  void anAutopilotClusterIsAskedForWithoutNodes() throws Exception {
    google.ensureAll(folder, "cluster: {kind: autopilot}");
    assertTrue(google.cluster().getAutopilot().getEnabled());
    google.fake().journal().clear();
    google.ensureAll(folder, "cluster: {kind: autopilot}");
    assertEquals(List.of(), google.fake().journal().mutations());
  }

  @Test
  void differencesAreNamedAndPutRightOneByOne() throws Exception {
    google.ensureAll(folder, "");
    String other = "cluster: {machineType: e2-medium, nodes: {min: 0, max: 5}}";
    Resource cluster = google.resource(folder, other, ClusterResource.ID);
    assertEquals(
        List.of(
            new Resource.Difference(
                "machine type: e2-standard-2, wanted e2-medium", Way.REPLACEMENT),
            new Resource.Difference("nodes per zone: 1 to 3, wanted 0 to 5", Way.IN_PLACE)),
        assertInstanceOf(Resource.State.Differs.class, cluster.look()).differences());

    cluster.ensure(_ -> {});
    var left = assertInstanceOf(Resource.State.Ready.class, cluster.look()).left();
    assertEquals(1, left.size(), left.toString());
    assertEquals(5, google.cluster().getNodePools(0).getAutoscaling().getMaxNodeCount());
  }

  @Test
  void aClusterWithoutWorkloadIdentityGetsIt() throws Exception {
    google.ensureAll(folder, "");
    google.changeCluster(cluster -> {
      cluster.clearWorkloadIdentityConfig().clearShieldedNodes();
      cluster.getNodePoolsBuilder(0).getConfigBuilder().clearWorkloadMetadataConfig();
      return cluster;
    });
    google.ensureAll(folder, "");

    Cluster now = google.cluster();
    assertEquals("my-mlops-project.svc.id.goog", now.getWorkloadIdentityConfig().getWorkloadPool());
    assertEquals(
        ClusterSpec.metadata(), now.getNodePools(0).getConfig().getWorkloadMetadataConfig());
    assertTrue(now.getShieldedNodes().getEnabled());
  }

  @Test
  void whatIsNotOursIsRefusedOrUsedAsItIs() throws Exception {
    google.ensureAll(folder, "");
    google.changeCluster(cluster -> cluster.clearResourceLabels().clearShieldedNodes());
    MlopsException refusal =
        assertThrows(
            MlopsException.class, () -> google.resource(folder, "", ClusterResource.ID).look());
    assertEquals(Code.GCP_FOREIGN, refusal.problem().code());

    google.fake().journal().clear();
    Resource adopted = google.resource(folder, "adopt: true", ClusterResource.ID);
    var ready = assertInstanceOf(Resource.State.Ready.class, adopted.look());
    assertEquals(
        List.of(new Resource.Difference("shielded nodes: off, wanted on", Way.NOT_OURS)),
        ready.left());
    adopted.ensure(_ -> {});
    assertEquals(List.of(), google.fake().journal().mutations());
  }

  @Test
  void aProviderOfAnotherRepositoryIsChangedByOnePatch() throws Exception {
    google.ensureAll(folder, "");
    google.changeProvider("attributeCondition", "assertion.repository_id == '9'");
    google.fake().journal().clear();
    google.ensureAll(folder, "");
    Journal.Call patch = google.fake().journal().mutations().getFirst();
    assertEquals(1, google.fake().journal().mutations().size());
    assertTrue(patch.method().startsWith("PATCH /v1/projects/my-mlops-project/"), patch.method());
    assertTrue(patch.request().contains("assertion.repository_id == '1234'"), patch.request());
  }

  @Test
  void theAccountCanBeKeptForOneEnvironmentOfGitHub() throws Exception {
    google.ensureAll(folder, "");
    google.fake().journal().clear();
    google.ensureAll(folder, GoogleProject.ONLY_PROD);
    Journal.Call patch = google.fake().journal().mutations().getFirst();
    assertEquals(1, google.fake().journal().mutations().size());
    assertTrue(patch.request().contains("assertion.environment == 'prod'"), patch.request());
  }

  @Test
  void accountsPoolsAndProvidersOfOthersAreRefusedOrUsedAsTheyAre() throws Exception {
    google.ensureAll(folder, "");
    google.changeProvider("description", "of the platform team");
    google.changeProvider("attributeCondition", "assertion.repository_id == '9'");
    refused(CiIdentity.ID);
    google.changePool("description", "of the platform team");
    refused(CiIdentity.ID);
    google.disown("iris-prod-nodes");
    refused(NodeAccount.ID);

    google.fake().journal().clear();
    Resource adopted = google.resource(folder, "adopt: true", CiIdentity.ID);
    var ready = assertInstanceOf(Resource.State.Ready.class, adopted.look());
    assertEquals(
        List.of(new Resource.Difference("provider github: takes other runs", Way.NOT_OURS)),
        ready.left());
    adopted.ensure(_ -> {});
    google.resource(folder, "adopt: true", NodeAccount.ID).ensure(_ -> {});
    assertEquals(List.of(), google.fake().journal().mutations());
  }

  private void refused(String id) {
    MlopsException refusal =
        assertThrows(MlopsException.class, () -> google.resource(folder, "", id).look());
    assertEquals(Code.GCP_FOREIGN, refusal.problem().code());
  }

  @Test
  void aProjectWhoseMakingWasNotAnsweredIsMadeOnce() throws Exception {
    google
        .fake()
        .faults()
        .once(
            "CreateProject",
            Faults.Moment.AFTER,
            ApiFault.of(com.google.rpc.Code.DEADLINE_EXCEEDED, "Deadline expired."));
    google.resource(folder, "", ProjectResource.ID).ensure(_ -> {});
    assertInstanceOf(
        Resource.State.Ready.class, google.resource(folder, "", ProjectResource.ID).look());
  }

  @Test
  void whatAnotherRunHasBegunIsWaitedForAndNotAskedForAgain() throws Exception {
    google.ensureAll(folder, "");
    google.changeCluster(cluster -> cluster.setStatus(Cluster.Status.PROVISIONING));
    google.fake().journal().clear();
    List<String> told = new java.util.concurrent.CopyOnWriteArrayList<>();
    google
        .resource(folder, "", ClusterResource.ID)
        .ensure(line -> {
          told.add(line);
          google.changeCluster(cluster -> cluster.setStatus(Cluster.Status.RUNNING));
        });
    assertEquals(List.of("waiting for Google to make the cluster mlops-standard"), told);
    assertEquals(List.of(), google.fake().journal().mutations());
  }

  @Test
  void overRestTheSameIsMade() throws Exception {
    google.ensureAll(folder, "");
    try (var rest = new GoogleProject(FakeGoogle::restEndpoints)) {
      rest.ensureAll(folder, "");
      assertEquals(changes(google), changes(rest));
      assertEquals(google.cluster(), rest.cluster());
      String repository =
          "projects/my-mlops-project/locations/us-central1/repositories/mlops-images";
      assertEquals(
          google.fake().repositories().find(repository),
          rest.fake().repositories().find(repository));
      assertEquals(
          google.grants("projects/my-mlops-project"), rest.grants("projects/my-mlops-project"));

      rest.fake().journal().clear();
      rest.ensureAll(folder, "");
      assertEquals(List.of(), rest.fake().journal().mutations());
    }
  }

  @Test
  void overRestErrorsMeanTheSame() throws Exception {
    try (var rest = new GoogleProject(FakeGoogle::restEndpoints)) {
      rest.fake().faults().once("CreateRepository", Faults.Moment.AFTER, lost());
      rest.fake().faults().once("CreateCluster", Faults.Moment.AFTER, lost());
      rest.fake().faults().once("BatchEnableServices", Faults.Moment.BEFORE, lost());
      rest.ensureAll(folder, "");
      assertEquals(1, rest.fake().journal().count("CreateCluster"));
      rest.occupyCluster(Duration.ofMillis(200));
      rest.resource(folder, "cluster: {nodes: {min: 2, max: 4}}", ClusterResource.ID)
          .ensure(_ -> {});
      assertEquals(2, rest.cluster().getNodePools(0).getAutoscaling().getMinNodeCount());
    }
  }

  private static ApiFault lost() {
    return ApiFault.of(com.google.rpc.Code.UNAVAILABLE, "The service is unavailable.");
  }

  private static List<String> changes(GoogleProject project) {
    return project.fake().journal().mutations().stream()
        .map(call -> call.method().replaceFirst("\\?.*", ""))
        .distinct() // what is not known everywhere yet is asked for again, now and then
        .toList();
  }

  @Test
  void conditionsAndBindingsOfOthersStay() throws Exception {
    google.ensureAll(folder, "");
    Binding others =
        Binding.newBuilder()
            .setRole("roles/cloudtrace.agent")
            .addMembers("user:ann@example.com")
            .setCondition(Expr.newBuilder().setExpression("request.time < timestamp('2030-01-01')"))
            .build();
    google.plantBinding("projects/my-mlops-project", others);
    google.ensureAll(folder, "roles: [roles/storage.objectViewer]");

    assertTrue(google.policy("projects/my-mlops-project").getBindingsList().contains(others));
  }

  @Test
  void aBusyClusterIsWaitedForAndTheOperationIsNamed() throws Exception {
    google.ensureAll(folder, "");
    google.occupyCluster(Duration.ofMillis(200));
    List<String> told = new java.util.concurrent.CopyOnWriteArrayList<>();
    google
        .resource(folder, "cluster: {nodes: {min: 2, max: 4}}", ClusterResource.ID)
        .ensure(told::add);
    assertTrue(
        told.stream().anyMatch(line -> line.startsWith("waiting for operation-")), told.toString());
    assertEquals(2, google.cluster().getNodePools(0).getAutoscaling().getMinNodeCount());
  }

  @Test
  void anOperationThatEndsWithAnErrorIsAnErrorAndTheNextRunBeginsAnew() throws Exception {
    google.failNext(
        Operation.Type.CREATE_CLUSTER,
        Status.newBuilder().setCode(8).setMessage("Insufficient quota: CPUS 2 short.").build());
    MlopsException failure = assertThrows(MlopsException.class, () -> google.ensureAll(folder, ""));
    assertEquals(Code.GCP_QUOTA, failure.problem().code());
    assertTrue(failure.problem().why().contains("2 short"), failure.problem().why());

    google.ensureAll(folder, "");
    assertEquals(Cluster.Status.RUNNING, google.cluster().getStatus());
  }

  @Test
  void everyMissingPieceSaysWhatAPersonWouldType() throws Exception {
    for (Resource resource : google.resources(folder, "mode: impersonation")) {
      assertFalse(resource.byHand().isEmpty(), resource.id());
      assertAll(
          resource.byHand().stream()
              .map(line -> () -> assertTrue(line.matches("(gcloud|echo) .*"), line)));
    }
  }

  @Test
  void noTokenLeavesForThisMachine() throws Exception {
    google.ensureAll(folder, "");
    for (Journal.Call call : google.fake().journal().calls()) {
      assertFalse(
          call.headers().toLowerCase(java.util.Locale.ROOT).contains("bearer"), call.method());
    }
  }
}

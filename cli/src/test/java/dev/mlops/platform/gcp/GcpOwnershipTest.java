package dev.mlops.platform.gcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.container.v1.Cluster;
import com.google.devtools.artifactregistry.v1.DockerImage;
import com.google.devtools.artifactregistry.v1.Repository;
import com.google.iam.v1.Binding;
import com.google.rpc.Code;
import dev.mlops.platform.Ownership;
import dev.mlops.platform.gcp.fake.ApiFault;
import dev.mlops.platform.gcp.fake.Faults.Moment;
import dev.mlops.platform.gcp.fake.Journal;
import dev.mlops.problem.MlopsException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GcpOwnershipTest {
  private static final String COMPUTE = "projects/" + GcpFixture.PROJECT + "/";
  private static final String SERVICE = "a0123456789abcdef0123456789abcdef";

  /** What is in the cluster; there as long as the cluster is. */
  static final class Objects implements Ownership {
    private final List<Owned> all =
        new ArrayList<>(
            List.of(new Owned("Service", "iris", ""), new Owned("Deployment", "iris", "")));

    @Override
    public List<Owned> owned() {
      return List.copyOf(all);
    }

    @Override
    public void remove(Consumer<String> progress) {
      all.clear();
    }
  }

  @TempDir private Path folder;
  private GcpFixture gcp;
  private Objects objects = new Objects();

  @AfterEach
  void close() {
    gcp.close();
  }

  private void open(String settings) {
    gcp = new GcpFixture(folder, settings);
    objects = new Objects();
  }

  private Ownership ownership() {
    return new GcpOwnership(gcp.site, objects);
  }

  /** As a full provision leaves it. */
  private void plantEstate() throws InterruptedException {
    gcp.plantCluster("us-central1-a");
    gcp.google.alone(() -> {
      gcp.google
          .repositories()
          .plant(
              Repository.newBuilder()
                  .setName(gcp.site.repository())
                  .setFormat(Repository.Format.DOCKER)
                  .putAllLabels(gcp.site.names().labels())
                  .build());
      plantImage("iris");
      for (String role : List.of("nodes", "ci", "pods")) {
        String id = gcp.site.names().account(role);
        gcp.google.accounts().plant(GcpFixture.PROJECT, id, gcp.site.names().marker());
      }
      gcp.google.accounts().plant(GcpFixture.PROJECT, "someone-else", "by hand");
      return true;
    });
    String project = "projects/" + GcpFixture.PROJECT;
    bind(
        project, "roles/container.clusterViewer", "serviceAccount:" + gcp.site.names().email("ci"));
    bind(project, "roles/cloudtrace.agent", gcp.site.podPrincipal());
    bind(
        project,
        "roles/container.developer",
        "deleted:serviceAccount:" + gcp.site.names().email("ci") + "?uid=12345");
    bind(project, "roles/viewer", "user:owner@example.com");
    bind(project, "roles/viewer", gcp.site.podPrincipal() + "-of-others");
    bind(gcp.site.repository(), "roles/artifactregistry.reader", "user:owner@example.com");
    String pool = gcp.site.poolName();
    gcp.google.alone(() -> {
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      gcp.google.pools().plant(pool, node.put("description", gcp.site.names().marker()));
      gcp.google.pools().plant(pool + "/providers/github", JsonNodeFactory.instance.objectNode());
      return true;
    });
  }

  private void plantImage(String name) {
    gcp.google
        .repositories()
        .plantImage(
            gcp.site.repository(),
            DockerImage.newBuilder()
                .setUri(new Registry(gcp.site).address() + "/" + name + "@sha256:abc")
                .setImageSizeBytes(2_000_000_000L)
                .build());
  }

  private void bind(String resource, String role, String member) {
    gcp.google.alone(() -> {
      gcp.google
          .policies()
          .plant(resource, Binding.newBuilder().setRole(role).addMembers(member).build());
      return true;
    });
  }

  private ObjectNode plant(String path) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    gcp.google.alone(() -> {
      gcp.google.compute().plant(COMPUTE + path, node);
      return true;
    });
    return node;
  }

  private static String link(String path) {
    return "https://www.googleapis.com/compute/v1/" + COMPUTE + path;
  }

  private static ObjectNode ofService(ObjectNode node, String service) {
    return node.put("description", "{\"kubernetes.io/service-name\":\"" + service + "\"}");
  }

  private static ObjectNode ofCluster(ObjectNode node, String cluster) {
    node.putObject("labels")
        .put("goog-k8s-cluster-name", cluster)
        .put("goog-k8s-cluster-location", "us-central1");
    return node;
  }

  /** One of every kind, told by label, description, name, or what it points to. */
  private void plantOrphans() {
    String region = "regions/us-central1/";
    ofService(plant(region + "forwardingRules/" + SERVICE), "iris/iris")
        .put("target", link(region + "targetPools/" + SERVICE));
    plant(region + "targetPools/" + SERVICE)
        .putArray("healthChecks")
        .add(link("global/httpHealthChecks/k8s-0a1b-node"));
    plant("global/httpHealthChecks/k8s-0a1b-node");
    plant("global/firewalls/k8s-fw-" + SERVICE)
        .putArray("targetTags")
        .add("gke-mlops-standard-0a1b-node");
    plant("global/firewalls/gke-mlops-standard-0a1b2c3d-vms");
    plant("global/forwardingRules/k8s2-fr-0a1b-iris-web")
        .put("target", link("global/targetHttpProxies/k8s2-tp-0a1b-iris-web"));
    plant("global/targetHttpProxies/k8s2-tp-0a1b-iris-web")
        .put("urlMap", link("global/urlMaps/k8s2-um-0a1b-iris-web"));
    plant("global/urlMaps/k8s2-um-0a1b-iris-web")
        .put("defaultService", link("global/backendServices/k8s1-0a1b-iris-web-80-77"));
    plant("global/backendServices/k8s1-0a1b-iris-web-80-77")
        .put("group", link("zones/us-central1-a/networkEndpointGroups/k8s1-0a1b-iris-web-80-77"))
        .put("healthCheck", link("global/healthChecks/k8s1-0a1b-iris-web-80-77"));
    plant("zones/us-central1-a/networkEndpointGroups/k8s1-0a1b-iris-web-80-77");
    plant("global/healthChecks/k8s1-0a1b-iris-web-80-77");
    plant("zones/us-central1-a/instanceGroups/k8s-ig--0a1b");
    ofCluster(plant(region + "addresses/web-address"), "mlops-standard");
    ofCluster(
            plant("zones/us-central1-a/disks/pvc-0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"),
            "mlops-standard")
        .put("sizeGb", "10")
        .put("type", link("zones/us-central1-a/diskTypes/pd-balanced"));
  }

  private List<String> plantOthers() {
    plant("zones/us-central1-a/disks/my-own-disk").put("sizeGb", "500");
    plant("global/firewalls/default-allow-ssh");
    ofCluster(plant("regions/us-central1/forwardingRules/a" + "f".repeat(31)), "another");
    plant("regions/us-central1/targetPools/a" + "e".repeat(31))
        .putArray("instances")
        .add(link("zones/us-central1-a/instances/kubeadm-worker-1"));
    return gcp.google.alone(() -> gcp.google.compute().paths());
  }

  private List<String> paths() {
    return gcp.google.alone(() -> gcp.google.compute().paths()).stream()
        .filter(path -> !path.contains("/operations/"))
        .toList();
  }

  @Test
  void nothingOfOursIsLeftAndNothingOfOthersIsTouched() throws InterruptedException {
    open("");
    List<String> others = plantOthers();
    plantEstate();
    plantOrphans();
    List<Ownership.Looked> before = ownership().survey();
    for (Ownership.Looked looked : before) {
      boolean planted =
          !List.of("HTTPS proxy", "SSL certificate", "dashboard", "alert policy")
              .contains(looked.kind());
      assertEquals(planted, !looked.found().isEmpty(), looked.kind());
    }

    ownership().remove(_ -> {});

    for (Ownership.Looked looked : ownership().survey()) {
      assertEquals(List.of(), looked.found(), looked.kind());
    }
    assertEquals(others, paths());
    assertEquals(List.of(), List.copyOf(gcp.google.clusters().all()));
    assertEquals(List.of(), List.copyOf(gcp.google.repositories().names()));
    assertEquals(
        List.of("someone-else@" + GcpFixture.PROJECT + ".iam.gserviceaccount.com"),
        List.copyOf(gcp.google.accounts().emails()));
    var policy =
        gcp.google.alone(() -> gcp.google.policies().now("projects/" + GcpFixture.PROJECT));
    assertEquals(2, policy.getBindingsCount());
    assertEquals("user:owner@example.com", policy.getBindings(0).getMembers(0));
    assertTrue(policy.getBindings(1).getMembers(0).endsWith("-of-others"));
    assertEquals(
        List.of(),
        List.copyOf(
            gcp.google.pools().active().stream()
                .filter(name -> !name.contains("providers"))
                .toList()));
  }

  @Test
  void whatHangsOnSomethingGoesBeforeIt() throws InterruptedException {
    open("");
    plantEstate();
    plantOrphans();
    ownership().remove(_ -> {});
    List<String> order =
        gcp.google.journal().mutations().stream().map(Journal.Call::method).toList();
    assertBefore(order, "DeleteCluster", "forwardingRules");
    assertBefore(order, "forwardingRules", "targetPools");
    assertBefore(order, "Projects/SetIamPolicy", "DeleteServiceAccount");
    assertBefore(order, "providers/github", "workloadIdentityPools/" + gcp.site.names().pool());
  }

  private static void assertBefore(List<String> order, String first, String second) {
    int one = index(order, first);
    int two = order.size() - 1 - index(order.reversed(), second);
    assertTrue(one >= 0 && one < two, first + " before " + second + " in " + order);
  }

  private static int index(List<String> order, String part) {
    for (int i = 0; i < order.size(); i++) {
      if (order.get(i).contains(part)) {
        return i;
      }
    }
    return -1;
  }

  @Test
  void doneTwiceItChangesNothing() throws InterruptedException {
    open("");
    plantEstate();
    plantOrphans();
    ownership().remove(_ -> {});
    gcp.google.journal().clear();
    ownership().remove(_ -> {});
    assertEquals(List.of(), gcp.google.journal().mutations());
  }

  @Test
  void whatWasAdoptedStays() throws InterruptedException {
    open("adopt: true");
    plantEstate();
    gcp.google.alone(() -> {
      gcp.google.clusters().change(gcp.site.cluster(), Cluster.Builder::clearResourceLabels);
      gcp.google
          .repositories()
          .plant(
              gcp.google.repositories().find(gcp.site.repository()).toBuilder()
                  .clearLabels()
                  .build());
      return true;
    });
    plantOrphans();
    ownership().remove(_ -> {});
    assertEquals(1, gcp.google.clusters().all().size());
    assertEquals(1, gcp.google.repositories().names().size());
    assertTrue(paths().stream().anyMatch(path -> path.endsWith("forwardingRules/" + SERVICE)));
    assertTrue(objects.all.isEmpty(), "our objects in it go");
    assertEquals(
        List.of("mlops-standard", "mlops-images"),
        ownership().kept().stream().map(Ownership.Owned::name).toList());
  }

  @Test
  void imagesOfOthersKeepTheRepository() throws InterruptedException {
    open("");
    plantEstate();
    gcp.google.alone(() -> {
      plantImage("team/other");
      return true;
    });
    ownership().remove(_ -> {});
    assertEquals(1, gcp.google.repositories().names().size());
    Ownership.Looked looked =
        ownership().survey().stream()
            .filter(each -> each.kind().equals("repository"))
            .findFirst()
            .orElseThrow();
    assertTrue(looked.kept().getFirst().detail().contains("images of others: team/other"));
    assertEquals(Optional.of(new BigDecimal("0.40")), looked.monthly());
  }

  @Test
  void besideAnotherClusterOnlyWhatIsSurelyOursGoes() throws InterruptedException {
    open("");
    plantEstate();
    gcp.google.alone(() -> {
      String name = gcp.site.location() + "/clusters/mlops-standard-two";
      gcp.google
          .clusters()
          .plant(
              name,
              gcp.cluster().toBuilder()
                  .setName("mlops-standard-two")
                  .clearResourceLabels()
                  .build());
      return true;
    });
    plantOrphans();
    plant("global/firewalls/gke-mlops-standard-two-99-vms");
    plant("zones/us-central1-a/disks/pvc-ffffffff-0000-0000-0000-000000000000");
    ofService(plant("regions/us-central1/forwardingRules/a" + "c".repeat(31)), "default/web");
    ownership().remove(_ -> {});

    List<String> left = paths().stream().map(path -> path.replaceFirst(".*/", "")).toList();
    assertTrue(left.contains("gke-mlops-standard-two-99-vms"), left.toString());
    assertTrue(left.contains("pvc-ffffffff-0000-0000-0000-000000000000"), left.toString());
    assertTrue(left.contains("a" + "c".repeat(31)), left.toString());
    assertFalse(left.contains(SERVICE), left.toString());
    assertFalse(left.contains("k8s-fw-" + SERVICE), left.toString());
    assertFalse(left.contains("k8s-0a1b-node"), left.toString());
    assertTrue(
        ownership().kept().stream()
            .anyMatch(each -> each.detail().contains("may be of another cluster")),
        ownership().kept().toString());
  }

  @Test
  void aClusterThatIsStillBeingMadeIsWaitedForAndRemoved() throws InterruptedException {
    open("");
    plantEstate();
    gcp.google.alone(() -> {
      gcp.google.clusters().occupy(gcp.site.cluster(), Duration.ofMillis(100));
      return true;
    });
    ownership().remove(_ -> {});
    assertEquals(List.of(), ownership().owned());
  }

  @Test
  void ofAnEmptyProjectEveryKindIsLookedAtAllTheSame() throws InterruptedException {
    open("");
    List<Ownership.Looked> survey = ownership().survey();
    assertEquals(22, survey.size());
    assertTrue(survey.stream().allMatch(looked -> looked.found().isEmpty()), survey.toString());
    ownership().remove(_ -> {});
    assertEquals(List.of(), gcp.google.journal().mutations());
  }

  /** Cut off before and after each of its changes, and run again: the same end. */
  @Test
  void whereverItIsCutOffTheNextRunEndsIt() throws InterruptedException {
    open("");
    int cuts = 0;
    Map<String, Boolean> isCut;
    do {
      Map<String, Callable<Boolean>> worlds = new LinkedHashMap<>();
      for (int i = 0; i < 12; i++) {
        int cut = cuts++;
        var world = new GcpOwnershipTest();
        world.folder = folder.resolve("cut-" + cut);
        worlds.put("cut " + cut, () -> world.isCutOff(cut));
      }
      isCut = SideBySide.run(worlds);
    } while (!isCut.containsValue(false));
    assertTrue(cuts > 40, "only " + cuts + " cuts");
  }

  /**
   * @return false if there are fewer calls than that
   */
  private boolean isCutOff(int cut) throws InterruptedException {
    open("");
    try (var _ = gcp) {
      plantEstate();
      plantOrphans();
      boolean isCut = cutOff(cut);
      ownership().remove(_ -> {});
      assertEquals(List.of(), ownership().owned());
      return isCut;
    }
  }

  private boolean cutOff(int cut) throws InterruptedException {
    Moment moment = cut % 2 == 0 ? Moment.BEFORE : Moment.AFTER;
    gcp.google
        .faults()
        .when(
            method ->
                method.startsWith("DELETE ") || method.matches(".*/(Delete\\w+|SetIamPolicy)"),
            moment,
            cut / 2,
            1,
            () -> ApiFault.of(Code.PERMISSION_DENIED, "cut off"));
    try {
      ownership().remove(_ -> {});
      return false;
    } catch (MlopsException e) {
      return true;
    } finally {
      gcp.google.faults().clear();
    }
  }

  private void forbid(String what, String permission) {
    gcp.google
        .faults()
        .when(
            method -> method.contains(what),
            Moment.BEFORE,
            0,
            1000,
            () -> ApiFault.of(Code.PERMISSION_DENIED, "Required '" + permission + "' permission"));
  }

  private Ownership.Looked looked(String kind) throws InterruptedException {
    return ownership().survey().stream()
        .filter(each -> each.kind().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatMayNotBeLookedAtIsNotSaidToBeGoneAndTheRestGoes() throws InterruptedException {
    open("");
    plantEstate();
    plantOrphans();
    forbid("aggregated/disks", "compute.disks.list");
    forbid("dashboards", "monitoring.dashboards.list");
    forbid("ArtifactRegistry/GetRepository", "artifactregistry.repositories.get");
    assertEquals(List.of(), ownership().inUse());
    ownership().remove(_ -> {});
    assertEquals(
        List.of("disk", "repository", "dashboard"),
        ownership().survey().stream()
            .filter(each -> !each.isSeen())
            .map(Ownership.Looked::kind)
            .toList());
    assertTrue(looked("disk").unseen().contains("compute.disks.list"), looked("disk").unseen());
    assertEquals(1, paths().size(), paths().toString());
    assertTrue(looked("alert policy").isSeen());
  }

  /** Without them a member that is deleted would be left in the policy. */
  @Test
  void accountsStayWhereTheirRolesCannotBeSeen() throws InterruptedException {
    open("");
    plantEstate();
    forbid("Projects/GetIamPolicy", "resourcemanager.projects.getIamPolicy");
    assertFalse(looked("role binding").isSeen());
    MlopsException refused = assertThrows(MlopsException.class, () -> ownership().remove(_ -> {}));
    assertEquals(dev.mlops.problem.Code.GCP_DENIED, refused.problem().code());
    assertEquals(4, gcp.google.accounts().emails().size());
  }

  /** Nobody can tell where a cluster that is gone came from, but for the run that removed it. */
  @Test
  void whatTheClusterLeavesGoesWhereClustersMayBeAdoptedToo() throws InterruptedException {
    open("adopt: true");
    plantEstate();
    plantOrphans();
    Ownership same = ownership();
    same.remove(_ -> {});
    assertEquals(List.of(), paths());
    plantOrphans();
    plant("zones/us-central1-a/disks/pvc-ffffffff-0000-0000-0000-000000000000").put("sizeGb", "10");
    ownership().remove(_ -> {});
    assertFalse(paths().stream().anyMatch(path -> path.endsWith("forwardingRules/" + SERVICE)));
    assertEquals(List.of(), looked("disk").found());
    assertTrue(
        looked("disk").kept().stream().anyMatch(each -> each.name().startsWith("pvc-ffff")),
        looked("disk").toString());
    assertEquals(1, looked("disk").monthly().orElseThrow().signum());
  }

  @Test
  void membersOfDeletedPoolsAreOursToo() throws InterruptedException {
    open("");
    plantEstate();
    String pool = "principalSet://iam.googleapis.com/" + gcp.site.poolName();
    bind(
        "projects/" + GcpFixture.PROJECT,
        "roles/container.clusterViewer",
        "deleted:" + pool + "/attribute.repository_id/1234?uid=99");
    ownership().remove(_ -> {});
    assertEquals(List.of(), looked("role binding").found());
    var policy =
        gcp.google.alone(() -> gcp.google.policies().now("projects/" + GcpFixture.PROJECT));
    assertFalse(policy.toString().contains("deleted:"), policy.toString());
  }

  /** Of whose members nobody can tell which are our pods and workflows. */
  @Test
  void withoutTheProjectsNumberRolesAreNotLookedAt() throws InterruptedException {
    open("");
    plantEstate();
    forbid("Projects/GetProject", "resourcemanager.projects.get");
    assertFalse(looked("role binding").isSeen());
    assertEquals(1, looked("workload identity pool").found().size());
  }

  /** The table has one region: of others a figure would be a wrong one. */
  @Test
  void inAnotherRegionNoPriceIsSaid() throws InterruptedException {
    open("location: europe-west1");
    plantEstate();
    plant("regions/europe-west1/forwardingRules/" + SERVICE)
        .put("description", "{\"kubernetes.io/service-name\":\"iris/iris\"}");
    for (String kind : List.of("cluster", "repository", "forwarding rule")) {
      assertEquals(1, looked(kind).found().size(), kind);
      assertEquals(Optional.empty(), looked(kind).monthly(), kind);
    }
    assertEquals(Ownership.Looked.FREE, looked("service account").monthly());
    assertTrue(ownership().priceBasis().contains("no list price is known in europe-west1"));
    ownership().remove(_ -> {});
    assertTrue(
        ownership().survey().stream().allMatch(each -> each.monthly().isPresent()),
        "what is gone costs nothing anywhere");
  }

  @Test
  void aRepositoryThatDoesNotGoIsAnError() throws InterruptedException {
    open("");
    plantEstate();
    gcp.google.alone(() -> {
      gcp.google.repositories().failNextDelete("The repository is locked");
      return true;
    });
    MlopsException failed = assertThrows(MlopsException.class, () -> ownership().remove(_ -> {}));
    assertEquals(dev.mlops.problem.Code.GCP_OPERATION, failed.problem().code());
    assertEquals("The repository is locked", failed.problem().why());
    ownership().remove(_ -> {});
    assertEquals(List.of(), ownership().owned());
  }

  @Test
  void aPoolThatDoesNotGoIsAnError() throws InterruptedException {
    open("");
    plantEstate();
    gcp.google.alone(() -> {
      gcp.google.pools().failNextDelete("The pool is locked");
      return true;
    });
    MlopsException failed = assertThrows(MlopsException.class, () -> ownership().remove(_ -> {}));
    assertEquals(dev.mlops.problem.Code.GCP_OPERATION, failed.problem().code());
    ownership().remove(_ -> {});
    assertEquals(List.of(), ownership().owned());
  }

  @Test
  void anOperationThatEndsWithAnErrorIsOne() throws InterruptedException {
    open("");
    plantEstate();
    plantOrphans();
    gcp.google.alone(() -> {
      gcp.google.compute().failNextDelete("The resource is in use by 'something'");
      return true;
    });
    MlopsException failed = assertThrows(MlopsException.class, () -> ownership().remove(_ -> {}));
    assertEquals(dev.mlops.problem.Code.GCP_OPERATION, failed.problem().code());
    assertTrue(failed.problem().why().contains("in use by"), failed.problem().why());
    ownership().remove(_ -> {});
    assertEquals(List.of(), ownership().owned());
  }
}

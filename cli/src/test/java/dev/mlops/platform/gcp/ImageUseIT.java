package dev.mlops.platform.gcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.devtools.artifactregistry.v1.DockerImage;
import com.google.devtools.artifactregistry.v1.Repository;
import dev.mlops.platform.Ownership;
import dev.mlops.platform.kubernetes.Cluster;
import dev.mlops.platform.kubernetes.TestCluster;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that another cluster of the project runs: that cluster answers at a real one. */
final class ImageUseIT {
  private static final String DIGEST = "@sha256:" + "0".repeat(64);

  private final String namespace = "mlops-it-" + UUID.randomUUID().toString().substring(0, 8);
  @TempDir private Path folder;
  private Cluster cluster;
  private GcpFixture gcp;
  private Site site;

  @BeforeEach
  void prepare() throws Exception {
    cluster = TestCluster.require();
    Path token = TestCluster.kubeconfig().resolveSibling("token");
    assumeTrue(Files.isReadable(token), "no bearer token of the cluster beside its kubeconfig");
    // A repository of its own: others run their images in the same cluster.
    gcp = new GcpFixture(folder, "repository: " + namespace);
    site = gcp.siteAs(Files.readString(token).strip());
    Config access = Config.fromKubeconfig(TestCluster.kubeconfig().toFile());
    String address = URI.create(access.getMasterUrl()).getAuthority();
    gcp.google.alone(() -> {
      gcp.google.clusters().answerAt(address, access.getCaCertData());
      gcp.google
          .clusters()
          .plant(
              site.projectName() + "/locations/europe-west1/clusters/other",
              com.google.container.v1.Cluster.newBuilder().setName("other").build());
      gcp.google
          .repositories()
          .plant(
              Repository.newBuilder()
                  .setName(site.repository())
                  .setFormat(Repository.Format.DOCKER)
                  .putAllLabels(site.names().labels())
                  .build());
      gcp.google
          .repositories()
          .plantImage(site.repository(), DockerImage.newBuilder().setUri(image()).build());
      return true;
    });
    cluster
        .client()
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
  }

  @AfterEach
  void leaveNothingBehind() {
    if (gcp != null) {
      gcp.close();
      TestCluster.removeNamespace(cluster, namespace);
    }
  }

  private String image() {
    return new Registry(site).address() + "/iris" + DIGEST;
  }

  /** One that no node takes: what matters is that it asks for the image. */
  private void runImage() {
    cluster
        .client()
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withName("web")
                .endMetadata()
                .withNewSpec()
                .addToNodeSelector("mlops.dev/none", "such")
                .addNewContainer()
                .withName("web")
                .withImage(image())
                .endContainer()
                .endSpec()
                .build())
        .inNamespace(namespace)
        .create();
  }

  private int repositories() {
    return gcp.google.alone(() -> gcp.google.repositories().names()).size();
  }

  @Test
  void whatAnotherClusterRunsStaysUnlessItIsSaid() throws InterruptedException {
    runImage();
    Ownership ownership = new GcpOwnership(site, new GcpOwnershipTest.Objects());
    List<Ownership.Owned> inUse = ownership.inUse();
    assertEquals(1, inUse.size(), inUse.toString());
    assertEquals(
        "is in use: pod web in " + namespace + " of cluster other", inUse.getFirst().detail());
    ownership.remove(_ -> {});
    assertEquals(1, repositories());
    assertTrue(
        ownership.kept().stream().anyMatch(each -> each.detail().contains("is in use: pod web")));

    ownership.withInUse().remove(_ -> {});
    assertEquals(0, repositories());
  }

  @Test
  void whatNobodyRunsGoes() throws InterruptedException {
    Ownership ownership = new GcpOwnership(site, new GcpOwnershipTest.Objects());
    assertEquals(List.of(), ownership.inUse());
    ownership.remove(_ -> {});
    assertEquals(0, repositories());
  }
}

package dev.mlops.platform.kubernetes;

import dev.mlops.image.ContainerImage;
import dev.mlops.manifest.Owner;
import dev.mlops.platform.Digest;
import dev.mlops.platform.Platform;
import dev.mlops.platform.PlatformUnderTest;
import dev.mlops.platform.Status;
import dev.mlops.platform.local.TestImage;
import dev.mlops.platform.local.TinyServer;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** An environment in a namespace of its own on the real cluster; removed at the end. */
final class KubernetesEnvironment implements PlatformUnderTest {
  private static final Path CACHE = Path.of("target/test-images").toAbsolutePath();

  private final Path folder;
  private final Cluster cluster;
  private final KubernetesSettings settings;
  private final Platform platform;

  KubernetesEnvironment(Path folder) {
    this.folder = folder;
    this.cluster = TestCluster.require();
    String namespace = "mlops-it-" + UUID.randomUUID().toString().substring(0, 8);
    // A repository for each: one test's images are not another's.
    String repository = TestCluster.registry() + "/" + namespace + "/tiny";
    this.settings = new KubernetesSettings(new Owner("tiny", "dev", namespace), repository, false);
    this.platform = KubernetesPlatform.open("kubernetes", cluster, settings);
  }

  @Override
  public Platform platform() {
    return platform;
  }

  @Override
  public Path folder() {
    return folder;
  }

  @Override
  public TestImage image(String variant) {
    try {
      Path layout = folder.resolve("layout-" + variant);
      Digest digest = ContainerImage.write(CACHE, TinyServer.class, variant, layout);
      return new TestImage(layout, digest, settings.repository() + "@" + digest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The same environment as somebody else sees it, or by another way. */
  Platform platformOn(Cluster other) {
    return KubernetesPlatform.open("kubernetes", other, settings);
  }

  Cluster cluster() {
    return cluster;
  }

  Site site() {
    return new Site(cluster, settings);
  }

  String namespace() {
    return settings.namespace();
  }

  Status status() {
    return platform.workloads().status();
  }

  /** Null if there is none. */
  StatefulSet statefulSet(String name) {
    return cluster.client().apps().statefulSets().inNamespace(namespace()).withName(name).get();
  }

  /** What ends with a block. */
  interface Meanwhile extends AutoCloseable {
    @Override
    void close();
  }

  /** There is no room for more pods; returns once the cluster has counted those that there are. */
  Meanwhile quota(String name, int pods) {
    ResourceQuota quota =
        new ResourceQuotaBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(namespace())
            .endMetadata()
            .withNewSpec()
            .withHard(Map.of("pods", new Quantity(Integer.toString(pods))))
            .endSpec()
            .build();
    var placed = cluster.client().resource(quota);
    placed.create();
    placed.waitUntilCondition(
        now -> now.getStatus() != null && now.getStatus().getUsed().containsKey("pods"),
        30,
        TimeUnit.SECONDS);
    return placed::delete;
  }

  @Override
  public void close() {
    TestCluster.removeNamespace(cluster, settings.namespace());
  }
}

package dev.mlops.platform.kubernetes;

import dev.mlops.image.ContainerImage;
import dev.mlops.platform.Digest;
import dev.mlops.platform.gcp.fake.PodMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** {@link PodMetadata} in a pod of the real cluster, in a namespace of its own. */
public final class MetadataPod implements AutoCloseable {
  private static final Path CACHE = Path.of("target/test-images").toAbsolutePath();
  private static final String NAME = "metadata";
  private static final int PORT = 8000;

  private final Cluster cluster = TestCluster.require();
  private final String namespace = "mlops-it-" + UUID.randomUUID().toString().substring(0, 8);

  /**
   * @param identity what it says of everybody
   * @param project that they belong to
   */
  public MetadataPod(Path folder, String identity, String project)
      throws IOException, InterruptedException {
    KubernetesClient client = cluster.client();
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    client.resource(pod(image(folder), identity, project)).inNamespace(namespace).create();
    pods().waitUntilReady(2, TimeUnit.MINUTES);
  }

  private String image(Path folder) throws IOException, InterruptedException {
    String repository = TestCluster.registry() + "/" + namespace + "/" + NAME;
    Path layout = folder.resolve("layout-" + NAME);
    Digest digest = ContainerImage.write(CACHE, PodMetadata.class, NAME, layout);
    var owner = new dev.mlops.manifest.Owner(NAME, "dev", namespace);
    KubernetesPlatform.open("kubernetes", cluster, new KubernetesSettings(owner, repository, false))
        .images()
        .publish(layout, digest, _ -> {});
    return repository + "@" + digest;
  }

  private static Pod pod(String image, String identity, String project) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(NAME)
        .endMetadata()
        .withNewSpec()
        .withAutomountServiceAccountToken(false)
        .withTerminationGracePeriodSeconds(0L)
        .addNewContainer()
        .withName(NAME)
        .withImage(image)
        .addNewEnv()
        .withName("IDENTITY")
        .withValue(identity)
        .endEnv()
        .addNewEnv()
        .withName("PROJECT")
        .withValue(project)
        .endEnv()
        .withNewReadinessProbe()
        .withPeriodSeconds(1)
        .withNewTcpSocket()
        .withNewPort(PORT)
        .endTcpSocket()
        .endReadinessProbe()
        .endContainer()
        .endSpec()
        .build();
  }

  private io.fabric8.kubernetes.client.dsl.PodResource pods() {
    return cluster.client().pods().inNamespace(namespace).withName(NAME);
  }

  /** As other pods reach it: host and port. */
  public String address() {
    return pods().get().getStatus().getPodIP() + ":" + PORT;
  }

  /** From now on everybody is somebody else. */
  public void become(String identity) {
    String uri = "/api/v1/namespaces/%s/pods/%s:%d/proxy/".formatted(namespace, NAME, PORT);
    cluster.client().raw(uri, "POST", identity);
  }

  @Override
  public void close() {
    TestCluster.removeNamespace(cluster, namespace);
  }
}

package dev.mlops.platform.gcp;

import com.google.container.v1.Cluster;
import com.google.container.v1.NodePool;
import com.google.container.v1.NodePoolAutoscaling;
import com.google.container.v1.WorkloadIdentityConfig;
import dev.mlops.config.ConfigLoader;
import dev.mlops.config.ConfigSource;
import dev.mlops.config.Gcp;
import dev.mlops.manifest.Owner;
import dev.mlops.platform.gcp.fake.FakeGoogle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One environment of a project in a {@link FakeGoogle}, with a quick pace. */
final class GcpFixture implements AutoCloseable {
  static final String PROJECT = "my-mlops-project";
  static final Owner OWNER = new Owner("iris", "prod", "iris");

  private static final Pace QUICK = new Pace(Duration.ofMillis(10), Duration.ofMillis(40));

  final FakeGoogle google = new FakeGoogle();
  final Site site;
  private final Path folder;
  private final String settings;

  GcpFixture(Path folder, String settings) {
    google.projects().plant(PROJECT);
    google
        .services()
        .plant(
            PROJECT,
            "artifactregistry.googleapis.com",
            "compute.googleapis.com",
            "container.googleapis.com",
            "iam.googleapis.com",
            "monitoring.googleapis.com");
    this.folder = folder;
    this.settings = settings;
    this.site = site(config(google.endpoints()));
  }

  /** The same for somebody whom a real cluster knows. */
  Site siteAs(String token) {
    return site(config(google.endpoints()), Map.of(TokenSource.VARIABLE, token));
  }

  private static Site site(Gcp config) {
    return site(config, Map.of());
  }

  private static Site site(Gcp config, Map<String, String> variables) {
    var settings =
        new GcpSettings(config, OWNER, "iris", "iris", Optional.of("acme/iris"), Map.of());
    return new Site(
        settings,
        new Names(config.project().orElseThrow(), OWNER),
        new GcpClients(
            new Endpoints(config.endpoints(), new TokenSource(variables, config.endpoints()))),
        new Policy(QUICK));
  }

  private Gcp config(String endpoints) {
    String project = settings.contains("project:") ? "" : "project: " + PROJECT + "\n";
    String gcp = project + "endpoints: " + endpoints + "\n" + settings;
    try {
      Files.createDirectories(folder.resolve("k8s"));
      Files.writeString(
          folder.resolve("mlops.yaml"),
          """
          apiVersion: mlops/v1
          name: iris
          platform: gcp
          model: {kind: image, image: registry.example.com/iris:1}
          gcp:
          %s
          """
              .formatted(gcp.indent(2)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var source = new ConfigSource(folder, Optional.empty(), Optional.empty(), List.of(), Map.of());
    return ConfigLoader.loadWithoutFiles(source).config().gcp();
  }

  /** The same where the resource manager is spoken to by REST. */
  Site restSite() {
    String rest = "cloudresourcemanager=http://127.0.0.1:" + google.restPort();
    String grpc = "cloudresourcemanager=grpc://127.0.0.1:" + google.grpcPort();
    return site(config(google.endpoints().replace(grpc, rest)));
  }

  /** A running cluster of ours with two nodes in each of its zones, and its autoscaler on. */
  void plantCluster(String... zones) {
    Cluster cluster =
        Cluster.newBuilder()
            .setName(site.config().cluster().name().text())
            .putAllResourceLabels(site.names().labels())
            .setWorkloadIdentityConfig(
                WorkloadIdentityConfig.newBuilder().setWorkloadPool(site.names().workloadPool()))
            .addAllLocations(List.of(zones))
            .addNodePools(
                NodePool.newBuilder()
                    .setName("default-pool")
                    .setInitialNodeCount(2)
                    .setAutoscaling(
                        NodePoolAutoscaling.newBuilder()
                            .setEnabled(true)
                            .setMinNodeCount(1)
                            .setMaxNodeCount(4)))
            .build();
    google.alone(() -> {
      google.clusters().plant(site.cluster(), cluster);
      return true;
    });
  }

  Cluster cluster() {
    return google.alone(() -> google.clusters().all().iterator().next());
  }

  @Override
  public void close() {
    google.close();
  }
}

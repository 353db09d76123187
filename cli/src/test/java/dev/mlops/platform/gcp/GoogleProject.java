package dev.mlops.platform.gcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.container.v1.Cluster;
import com.google.container.v1.Operation;
import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import com.google.rpc.Status;
import dev.mlops.config.ConfigLoader;
import dev.mlops.config.ConfigSource;
import dev.mlops.config.Gcp;
import dev.mlops.manifest.Owner;
import dev.mlops.platform.Platform;
import dev.mlops.platform.Resource;
import dev.mlops.platform.gcp.fake.FakeGoogle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A project of environment prod in a {@link FakeGoogle} that has nothing at the beginning. */
final class GoogleProject implements AutoCloseable {
  private static final String GITHUB = "github: {repositoryId: \"1234\", ownerId: \"56\"}";

  /** Settings by which only jobs of one environment on GitHub are let in. */
  static final String ONLY_PROD = GITHUB.replace("}", ", environment: prod}");

  private static final String ID = "my-mlops-project";
  private static final Pace QUICK = new Pace(Duration.ofMillis(5), Duration.ofMillis(30));

  private final FakeGoogle fake = new FakeGoogle();

  /** By what its config says beyond the usual: its clients are made once. */
  private final Map<String, Site> sites = new HashMap<>();

  private final Function<FakeGoogle, String> endpoints;

  GoogleProject() {
    this(FakeGoogle::endpoints);
  }

  /**
   * @param endpoints over which transports it is spoken to
   */
  GoogleProject(Function<FakeGoogle, String> endpoints) {
    this.endpoints = endpoints;
  }

  FakeGoogle fake() {
    return fake;
  }

  /** Every resource in turn, but for what is inside the cluster. */
  void ensureAll(Path folder, String settings) throws Exception {
    for (Resource resource : resources(folder, settings)) {
      if (!(resource.look() instanceof Resource.State.Ready)) {
        resource.ensure(_ -> {});
      }
    }
  }

  List<Resource> resources(Path folder, String settings) throws Exception {
    return new GcpProvisioning(site(folder, settings), null, Optional.empty())
        .resources().stream().filter(resource -> !resource.id().equals(Access.ID)).toList();
  }

  /**
   * The platform as it is opened, but for the cluster, whose place another takes.
   *
   * @param inCluster who holds what runs
   */
  Platform platform(Path folder, String settings, Platform inCluster) throws Exception {
    Site site = site(folder, settings);
    List<Resource> resources = resources(folder, settings);
    return GcpPlatform.around(site, inCluster, "project " + ID, () -> resources);
  }

  Resource resource(Path folder, String settings, String id) throws Exception {
    return resources(folder, settings).stream()
        .filter(resource -> resource.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  Cluster cluster() {
    return fake.alone(() -> fake.clusters().all().iterator().next());
  }

  void changeCluster(UnaryOperator<Cluster.Builder> change) {
    String name = clusterName();
    fake.alone(() -> {
      fake.clusters().change(name, change);
      return true;
    });
  }

  void occupyCluster(Duration takes) {
    String name = clusterName();
    fake.alone(() -> {
      fake.clusters().occupy(name, takes);
      return true;
    });
  }

  void changePool(String field, String value) {
    changePool("", field, value);
  }

  void changeProvider(String field, String value) {
    changePool("/providers/github", field, value);
  }

  private void changePool(String more, String field, String value) {
    fake.alone(() -> {
      String name =
          fake.pools().active().stream()
              .filter(each -> each.endsWith("/workloadIdentityPools/iris-prod-ci" + more))
              .findFirst()
              .orElseThrow();
      ((ObjectNode) fake.pools().find(name)).put(field, value);
      return true;
    });
  }

  /** Makes an account somebody else's. */
  void disown(String id) {
    fake.alone(() -> {
      fake.accounts().plant(ID, id, "of the platform team");
      return true;
    });
  }

  void failNext(Operation.Type type, Status error) {
    fake.clusters().failNext(type, error);
  }

  void plantBinding(String resource, Binding binding) {
    fake.alone(() -> {
      fake.policies().plant(resource, binding);
      return true;
    });
  }

  Policy policy(String resource) {
    return fake.alone(() -> fake.policies().now(resource));
  }

  /** As {@code role member}, sorted, with N for the project's number. */
  List<String> grants(String resource) {
    return policy(resource).getBindingsList().stream()
        .flatMap(binding ->
            binding.getMembersList().stream().map(member -> binding.getRole() + " " + member))
        .map(text -> text.replaceFirst("projects/\\d+/", "projects/N/"))
        .sorted()
        .toList();
  }

  private static String clusterName() {
    return "projects/" + ID + "/locations/us-central1/clusters/mlops-standard";
  }

  Site site(Path folder, String settings) throws IOException {
    if (!sites.containsKey(settings)) {
      sites.put(settings, makeSite(folder, settings));
    }
    return sites.get(settings);
  }

  private Site makeSite(Path folder, String settings) throws IOException {
    Gcp config = config(folder, settings);
    var owner = new Owner("iris", "prod", "iris");
    return new Site(
        new GcpSettings(config, owner, "iris", "iris", Optional.of("acme/iris"), Map.of()),
        new Names(ID, owner),
        new GcpClients(
            new Endpoints(config.endpoints(), new TokenSource(Map.of(), config.endpoints()))),
        new dev.mlops.platform.gcp.Policy(QUICK));
  }

  private Gcp config(Path folder, String settings) throws IOException {
    Files.writeString(
        folder.resolve("mlops.yaml"),
        """
        apiVersion: mlops/v1
        name: iris
        platform: gcp
        model: {kind: image, image: registry.example.com/iris:1}
        gcp:
          project: my-mlops-project
          billingAccount: 012345-6789AB-CDEF01
          endpoints: %s
        %s
        """
            .formatted(
                endpoints.apply(fake),
                (settings.contains("github:") ? settings : GITHUB + "\n" + settings).indent(2)));
    var source = new ConfigSource(folder, Optional.empty(), Optional.empty(), List.of(), Map.of());
    return ConfigLoader.loadWithoutFiles(source).config().gcp();
  }

  @Override
  public void close() {
    fake.close();
  }
}

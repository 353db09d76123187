package dev.mlops.platform.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.manifest.Manifests;
import dev.mlops.platform.Check;
import dev.mlops.platform.Checks;
import dev.mlops.platform.Desired;
import dev.mlops.platform.Jobs;
import dev.mlops.platform.Logs;
import dev.mlops.platform.Meters;
import dev.mlops.platform.Platform;
import dev.mlops.platform.Status;
import dev.mlops.platform.local.TestImage;
import dev.mlops.platform.local.TestManifests;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole life cycle as a ServiceAccount that has the reference's smallest Role and no more. */
class RightsIT {
  private static final String NAME = "deployer";

  @TempDir private Path folder;
  private KubernetesEnvironment environment;
  private ApiProxy proxy;
  private Platform platform;

  @BeforeEach
  void begin() throws Exception {
    environment = new KubernetesEnvironment(folder);
    KubernetesClient admin = environment.cluster().client();
    admin
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(environment.namespace())
                .endMetadata()
                .build())
        .create();
    admin
        .resource(
            new ServiceAccountBuilder().withNewMetadata().withName(NAME).endMetadata().build())
        .inNamespace(environment.namespace())
        .create();
    Config real = admin.getConfiguration();
    Config trusting =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(real.getMasterUrl())
            .withCaCertData(real.getCaCertData())
            .withCaCertFile(real.getCaCertFile())
            .build();
    proxy = new ApiProxy(trusting);
    platform = environment.platformOn(proxy.cluster(Optional.of(token(admin))));
  }

  @AfterEach
  void end() {
    if (proxy != null) {
      proxy.close();
    }
    if (environment != null) {
      environment.close();
    }
  }

  @Test
  void theSmallestRoleIsEnoughAndNoneOfItIsTooMuch() throws Exception {
    give(RoleText.required());

    liveAndDie();

    Set<String> refused = new TreeSet<>();
    Set<String> used = new TreeSet<>();
    for (ApiProxy.Call call : proxy.calls()) {
      (call.status() == 403 ? refused : used).addAll(UsedRight.of(call));
    }
    Set<String> told = new TreeSet<>();
    Rights.OPTIONAL.forEach(right -> right.verbs().forEach(verb -> told.add(right.title(verb))));
    refused.removeAll(told);
    // `destroy` looks for what is ours among all kinds; those it may not see are passed over.
    refused.removeIf(right -> right.startsWith("list "));
    assertEquals(Set.of(), refused, "calls that the Role does not allow");
    Set<String> idle = new TreeSet<>();
    RoleText.required().forEach(right -> right.verbs().forEach(v -> idle.add(right.title(v))));
    idle.removeAll(used);
    assertEquals(Set.of(), idle, "rights that no call uses");
  }

  /** Not through the proxy, which forwards no ports. */
  @Test
  void whatMayBeGivenBesideItIsEnoughForTheDoctorAndForJobs() throws Exception {
    give(everyRightInTheNamespace());
    String token = token(environment.cluster().client());
    Cluster cluster = TestCluster.with(Map.of("token", token));
    Platform own = environment.platformOn(cluster);
    TestImage image = environment.published("one");
    var site = new Site(cluster, environment.site().settings());
    var looker =
        new EnvoyManifest(
            site, image.reference(), List.of(), List.of("resolve", Errand.NAME), Optional.empty());
    var pulled = assertInstanceOf(Envoy.Report.Pulled.class, new Envoy(site, looker).send());
    assertEquals(Optional.of(0), pulled.exitCode(), pulled.words());

    var room =
        new Jobs.Room(Map.of(), Map.of("memory", "256Mi"), Optional.empty(), Duration.ofMinutes(1));
    List<String> actions = List.of("write=result", "offer=result");
    var job = new Jobs.Spec("tiny-job", image.digest(), actions, Map.of(), 1, room);
    try (var running = own.jobs().start(job, _ -> {})) {
      running.follow(line -> !line.text().equals("offering"));
      running.fetch(0, "result", folder.resolve("fetched"));
    }
    assertTrue(Files.size(folder.resolve("fetched")) > 0);
  }

  @Test
  void whatMayBeGivenBesideItIsEnoughForEachReplicasFigures() throws Exception {
    give(everyRightInTheNamespace());
    Status.Replica replica =
        platform.workloads().apply(desired("one"), _ -> {}).replicas().all().getFirst();
    assertTrue(platform.workloads().ask(replica, "/live_check").isPresent());
    assertEquals(
        List.of(replica.name()),
        platform.meters().read().stream().map(Meters.Reading::replica).toList());
    assertEquals(Set.of(200), statuses("/proxy/"));
    assertEquals(Set.of(200), statuses("/apis/metrics.k8s.io/"));
  }

  private static List<Right> everyRightInTheNamespace() {
    List<Right> optional = RoleText.optional(Right.Place.NAMESPACE_OPTIONAL);
    return Rights.merged(Stream.concat(RoleText.required().stream(), optional.stream()).toList());
  }

  private Set<Integer> statuses(String part) {
    return proxy.calls().stream()
        .filter(call -> call.path().contains(part))
        .map(ApiProxy.Call::status)
        .collect(Collectors.toSet());
  }

  @Test
  void withoutTheRightToMakePodsTheDoctorLooksNoFurther() throws Exception {
    give(RoleText.required());
    TestImage image = environment.image("one");
    Cluster cluster = TestCluster.with(Map.of("token", token(environment.cluster().client())));
    var site = new Site(cluster, environment.site().settings());
    var looker = new EnvoyManifest(site, image.reference(), List.of(), List.of(), Optional.empty());
    assertEquals(new Envoy.Report.NotSent("we may not make pods"), new Envoy(site, looker).send());
  }

  @Test
  void everyMissingRightIsToldAtOnce() throws Exception {
    List<Right> some = new ArrayList<>(RoleText.required());
    some.removeIf(right -> Set.of("services", "pods/log").contains(right.resource()));
    give(some);
    Check rights =
        checks().stream().filter(check -> check.id().equals("rights")).findFirst().orElseThrow();

    MlopsException e = assertThrows(MlopsException.class, rights::look);
    assertEquals(Code.KUBERNETES_FORBIDDEN, e.problem().code());
    for (String missing : List.of("create services", "patch services", "get pods/log")) {
      assertTrue(e.problem().message().contains(missing), e.problem().message());
    }
  }

  private void liveAndDie() throws Exception {
    look(checks());
    Desired first = desired("one");
    platform.workloads().compare(first);
    assertEquals(Status.State.RUNNING, platform.workloads().apply(first, _ -> {}).state());
    look(checks());
    look(platform.checks().running(wanted()));
    Desired second = desired("two");
    platform.workloads().compare(second);
    platform.workloads().apply(second, _ -> {});
    List<Logs.Line> lines = new ArrayList<>();
    platform
        .logs()
        .read(
            new Logs.Query(false, 10, Optional.of(Duration.ofHours(1)), Optional.empty()),
            lines::add);
    assertTrue(lines.stream().anyMatch(line -> line.text().equals("listening")), lines.toString());
    platform.meters().read();
    assertEquals(Status.State.PAUSED, platform.power().pause(_ -> {}).state());
    assertEquals(Status.State.RUNNING, platform.power().resume(_ -> {}).state());
    platform.ownership().remove(_ -> {});
    assertEquals(List.of(), platform.ownership().owned());
  }

  private static void look(List<Check> checks) throws InterruptedException {
    for (Check check : checks) {
      check.look();
    }
  }

  private List<Check> checks() {
    return platform.checks().before(wanted());
  }

  private static Checks.Wanted wanted() {
    return new Checks.Wanted(
        Optional.of("amd64"), Manifests.load(RoleText.TEMPLATES), Optional.empty());
  }

  /** Every kind of object that the templates have, and a service that starts quickly. */
  private Desired desired(String variant) {
    TestImage image = environment.image(variant);
    try {
      platform.images().publish(image.layout(), image.digest(), _ -> {});
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    List<ObjectNode> objects =
        new ArrayList<>(TestManifests.replicas(1).autoscaled(1, 2).objects());
    Set<String> there = Set.of("Deployment", "Service", "HorizontalPodAutoscaler");
    Manifests.load(RoleText.TEMPLATES).stream()
        .filter(object -> !there.contains(object.path("kind").asText()))
        .forEach(objects::add);
    return new TestManifests(objects).release(image);
  }

  private void give(List<Right> rights) {
    KubernetesClient admin = environment.cluster().client();
    Role role = new ObjectMapper().convertValue(RoleText.role("Role", NAME, rights), Role.class);
    admin.resource(role).inNamespace(environment.namespace()).create();
    admin
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withNamespace(environment.namespace())
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", NAME)
                .addNewSubject("", "ServiceAccount", NAME, environment.namespace())
                .build())
        .create();
  }

  private String token(KubernetesClient admin) {
    return admin
        .serviceAccounts()
        .inNamespace(environment.namespace())
        .withName(NAME)
        .tokenRequest(
            new TokenRequestBuilder().withNewSpec().withExpirationSeconds(3600L).endSpec().build())
        .getStatus()
        .getToken();
  }
}

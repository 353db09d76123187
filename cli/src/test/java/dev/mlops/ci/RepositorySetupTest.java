package dev.mlops.ci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.ci.Delivery.Place;
import dev.mlops.ci.Delivery.Route;
import dev.mlops.ci.RepositorySetup.Item;
import dev.mlops.ci.RepositorySetup.State;
import dev.mlops.config.PlatformKind;
import dev.mlops.platform.FakeFederation;
import dev.mlops.platform.Federation;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositorySetupTest {
  private static final Place GCP = new Place("prod", PlatformKind.GCP, Optional.empty());
  private static final Place CLUSTER =
      new Place("dev", PlatformKind.KUBERNETES, Optional.of("registry.example.com/team"));
  private static final Delivery DELIVERY =
      new Delivery(
          List.of(new Route("main", GCP), new Route("dev", CLUSTER), new Route("next", CLUSTER)),
          Optional.of(CLUSTER),
          true);

  private static final Delivery CLUSTER_PREVIEWS =
      new Delivery(
          List.of(new Route("main", GCP), new Route("dev", CLUSTER)), Optional.of(CLUSTER), true);
  private static final Delivery GCP_PREVIEWS =
      new Delivery(
          List.of(new Route("main", GCP), new Route("dev", CLUSTER)), Optional.of(GCP), true);

  private final FakeFederation cloud = new FakeFederation();

  @TempDir private Path folder;
  private FakeGitHub gitHub;

  @BeforeEach
  void open() throws IOException {
    gitHub = new FakeGitHub();
  }

  @AfterEach
  void close() {
    gitHub.close();
  }

  @Test
  void lookingChangesNothingAndNamesAllThatIsMissing() throws Exception {
    RepositorySetup.Result result = setup().look();

    assertTrue(gitHub.journal().stream().allMatch(call -> call.startsWith("GET ")));
    assertTrue(result.items().stream().allMatch(item -> item.state() == State.MISSING));
    assertEquals(
        List.of(
            "prod ",
            "prod GCP_SERVICE_ACCOUNT",
            "prod GCP_WORKLOAD_IDENTITY_PROVIDER",
            "dev ",
            "dev KUBE_CA",
            "dev KUBE_SERVER",
            "preview ",
            "preview KUBE_CA",
            "preview KUBE_SERVER"),
        result.items().stream().map(item -> item.environment() + " " + item.name()).toList());
  }

  @Test
  void writingMakesEnvironmentsForTheirBranchesOnlyAndMayBeRepeated() throws Exception {
    Map<String, Map<String, String>> values =
        Map.of(
            "prod", Map.of("GCP_SERVICE_ACCOUNT", "ci@p.iam.gserviceaccount.com"),
            "dev", Map.of("KUBE_SERVER", "https://dev.example.com"));
    setup().write(values);

    assertEquals(Set.of("main"), gitHub.environments().get("prod"));
    assertEquals(Set.of("dev", "next"), gitHub.environments().get("dev"));
    assertEquals(Set.of(), gitHub.environments().get("preview"));
    assertEquals(
        "ci@p.iam.gserviceaccount.com", gitHub.variables().get("prod").get("GCP_SERVICE_ACCOUNT"));
    int calls = gitHub.journal().size();
    setup().write(values);

    assertTrue(
        gitHub.journal().stream().skip(calls).allMatch(call -> call.startsWith("GET ")),
        gitHub.journal().toString());
  }

  @Test
  void aValueThatHasChangedIsPatchedAndWhatPeopleHaveSetStays() throws Exception {
    setup().write(Map.of("dev", Map.of("KUBE_SERVER", "https://old.example.com")));
    gitHub.environments().get("dev").add("a-branch-of-somebodys");
    setup().write(Map.of("dev", Map.of("KUBE_SERVER", "https://new.example.com")));

    assertEquals("https://new.example.com", gitHub.variables().get("dev").get("KUBE_SERVER"));
    assertTrue(gitHub.environments().get("dev").contains("a-branch-of-somebodys"));
  }

  @Test
  void aVariableOfTheWholeRepositoryCounts() throws Exception {
    gitHub.variables().put("", new TreeMap<>(Map.of("KUBE_SERVER", "https://x.example.com")));
    List<Item> servers =
        setup().look().items().stream().filter(item -> item.name().equals("KUBE_SERVER")).toList();

    assertEquals(2, servers.size());
    assertTrue(servers.stream().allMatch(item -> item.state() == State.SET), servers.toString());
  }

  @Test
  void bothFormsOfTheSubjectAreToldTheOneThatIsSentFirst() throws Exception {
    assertEquals(
        List.of("repo:flowers/iris:environment:prod"), setup().look().subjects().get("prod"));
    gitHub.subject().put("sub_claim_prefix", "repo:flowers@12/iris@34");

    assertEquals(
        List.of("repo:flowers@12/iris@34:environment:prod", "repo:flowers/iris:environment:prod"),
        setup().look().subjects().get("prod"));
    gitHub.subject().put("use_default", false);
    assertTrue(setup().look().customSubject());
  }

  @Test
  void aKubeconfigTellsWhereTheClusterIsAndNothingOfWhoSomebodyIs() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("config"),
            """
            apiVersion: v1
            kind: Config
            clusters:
              - {name: other, cluster: {server: "https://other"}}
              - {name: c1, cluster: {server: "https://10.0.0.1:6443", certificate-authority-data: QQ==}}
            contexts:
              - {name: team, context: {cluster: c1, user: me}}
            users:
              - {name: me, user: {token: s3cret}}
            """);

    assertEquals(
        Map.of("KUBE_SERVER", "https://10.0.0.1:6443", "KUBE_CA", "QQ=="),
        Kubeconfig.variables(List.of(file), "team"));
    assertEquals(Map.of(), Kubeconfig.variables(List.of(file), "unknown"));
    assertEquals(Map.of(), Kubeconfig.variables(List.of(folder.resolve("absent")), "team"));
  }

  @Test
  void anAuthorityMayBeAFileBesideTheKubeconfig() throws IOException {
    Files.writeString(Files.createDirectories(folder.resolve("pki")).resolve("ca.crt"), "A");
    Path file =
        Files.writeString(
            folder.resolve("config"),
            """
            clusters:
              - {name: c1, cluster: {server: "https://c1", certificate-authority: pki/ca.crt}}
              - {name: c2, cluster: {server: "https://c2", certificate-authority: pki/absent.crt}}
            contexts:
              - {name: team, context: {cluster: c1}}
              - {name: lost, context: {cluster: c2}}
            """);

    assertEquals(
        Map.of("KUBE_SERVER", "https://c1", "KUBE_CA", "QQ=="),
        Kubeconfig.variables(List.of(file), "team"));
    assertThrows(MlopsException.class, () -> Kubeconfig.variables(List.of(file), "lost"));
  }

  @Test
  void kubeconfigsMayBeSeveralAndEachHoldAPart() throws IOException {
    Path contexts =
        Files.writeString(
            folder.resolve("contexts"), "contexts: [{name: team, context: {cluster: c1}}]\n");
    Path clusters =
        Files.writeString(
            folder.resolve("clusters"),
            "clusters: [{name: c1, cluster: {server: 'https://10.0.0.1:6443'}}]\n");

    assertEquals(
        Map.of("KUBE_SERVER", "https://10.0.0.1:6443"),
        Kubeconfig.variables(List.of(contexts, clusters), "team"));
  }

  @Test
  void checkNamesVariablesThatNobodyHasSet() throws Exception {
    Path file = folder.resolve("ci-cd.yml");
    Files.writeString(file, Workflows.of(DELIVERY, new ToolPin(folder)).get(Workflows.PUSH));
    List<String> rules = check().variables(List.of(file)).stream().map(Finding::rule).toList();

    assertEquals(List.of("unset-variable", "unset-variable"), rules, "KUBE_ is asked for first");
    setup()
        .write(
            Map.of(
                "prod", Map.of("GCP_SERVICE_ACCOUNT", "a", "GCP_WORKLOAD_IDENTITY_PROVIDER", "b")));
    assertEquals(List.of(), check().variables(List.of(file)));
  }

  @Test
  void checkHoldsTheCloudsSubjectAgainstGitHubs() throws Exception {
    assertEquals(List.of(), check().subject("repo:flowers/iris:environment:prod"));
    gitHub.subject().put("sub_claim_prefix", "repo:flowers@12/iris@34");

    Finding finding = check().subject("repo:flowers/iris:environment:prod").getFirst();
    assertTrue(
        finding.message().contains("repo:flowers@12/iris@34:environment:prod"), finding.message());
  }

  @Test
  void eachEnvironmentsPlatformIsAskedForTheRunsThatGitHubWillSend() throws Exception {
    List<String> doors = admissions().doors().stream().map(Admissions.Door::name).toList();
    assertEquals(List.of("prod", "preview"), doors, "nobody logs in to dev without KUBE_SERVER");
    gitHub.variables().put("", new TreeMap<>(Map.of("KUBE_SERVER", "https://x.example.com")));
    assertEquals(
        List.of("prod", "dev"),
        new Admissions(client(), CLUSTER_PREVIEWS, _ -> Federation.NONE)
            .doors().stream().map(Admissions.Door::name).toList());

    cloud.admit("repo:flowers/iris:environment:prod");
    cloud.admit("repo:flowers/iris:environment:dev");
    cloud.admit("repo:flowers/iris:environment:preview");
    assertEquals(List.of(), admissions().findings());
    gitHub.subject().put("sub_claim_prefix", "repo:flowers@12/iris@34");

    List<Finding> refused = admissions().findings();
    assertEquals(3, refused.size(), refused.toString());
    assertTrue(
        refused.stream()
            .allMatch(finding ->
                finding.severity() == Finding.Severity.ERROR
                    && finding
                        .message()
                        .contains("GitHub sends repo:flowers@12/iris@34:environment:")),
        refused.toString());
    gitHub.subject().put("use_default", false);
    assertEquals(Finding.Severity.WARNING, admissions().findings().getFirst().severity());
  }

  @Test
  void setupLetsTheRunsInByBothFormsOfTheirSubject() throws Exception {
    gitHub.subject().put("sub_claim_prefix", "repo:flowers@12/iris@34");
    var access = new RunAccessSetup(admissions());
    assertTrue(access.look().stream().allMatch(item -> item.state() == State.MISSING));
    assertEquals(Set.of(), cloud.admitted(), "looking changes nothing");

    assertTrue(access.write(_ -> {}).stream().allMatch(item -> item.state() == State.WRITTEN));
    assertTrue(cloud.admitted().contains("repo:flowers@12/iris@34:environment:prod"));
    assertTrue(cloud.admitted().contains("repo:flowers/iris:environment:prod"));
    assertTrue(access.write(_ -> {}).stream().allMatch(item -> item.state() == State.SET));
  }

  private Admissions admissions() {
    return new Admissions(client(), GCP_PREVIEWS, _ -> cloud);
  }

  private RepositoryCheck check() {
    return new RepositoryCheck(client(), DELIVERY);
  }

  private RepositorySetup setup() {
    return new RepositorySetup(client(), DELIVERY);
  }

  private GitHub client() {
    return GitHub.required(gitHub.variablesOfAJob(), Optional.empty());
  }
}

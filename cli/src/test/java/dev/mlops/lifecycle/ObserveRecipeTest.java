package dev.mlops.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.config.ConfigLoader;
import dev.mlops.config.ConfigSource;
import dev.mlops.config.Local;
import dev.mlops.config.Name;
import dev.mlops.plan.Mode;
import dev.mlops.plan.RunListener;
import dev.mlops.plan.RunReport;
import dev.mlops.plan.Runner;
import dev.mlops.platform.Check;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import dev.mlops.scaffold.Beginning;
import dev.mlops.scaffold.Scraping;
import dev.mlops.training.Installation;
import dev.mlops.training.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObserveRecipeTest {
  private static final Installation NONE = new Installation(Path.of("no-installation-needed"));

  @TempDir private Path folder;

  @Test
  void aProjectThatIsThereGetsWhatOneThatBeginsWithItHas() throws Exception {
    init(Optional.of(Scraping.ANNOTATIONS));
    Map<String, String> begun = contents();
    deleteAll();
    init(Optional.empty());
    observe(Scraping.ANNOTATIONS);
    assertEquals(begun, contents());
    assertEquals(0, observe(Scraping.ANNOTATIONS).changed());
  }

  @Test
  void theUsersOwnManifestKeepsItsComments() throws Exception {
    init(Optional.empty());
    Path deployment = folder.resolve("k8s/deployment.yaml");
    String mine = Files.readString(deployment) + "# the last word is mine\n";
    Files.writeString(deployment, mine);
    assertEquals(4, observe(Scraping.ANNOTATIONS).changed());
    List<String> lines = Files.readAllLines(deployment);
    List<String> added =
        lines.stream().filter(line -> !mine.lines().toList().contains(line)).toList();
    assertEquals(
        List.of(
            "      annotations:",
            "        prometheus.io/path: \"/metrics\"",
            "        prometheus.io/port: \"8000\"",
            "        prometheus.io/scrape: \"true\""),
        added);
    assertEquals("# the last word is mine", lines.getLast());
  }

  @Test
  void aDashboardThatWasChangedIsNotReplacedUnasked() throws Exception {
    init(Optional.of(Scraping.ANNOTATIONS));
    Files.writeString(folder.resolve("observability/dashboard.json"), "{}");
    RunReport refused = observe(Scraping.ANNOTATIONS);
    var problem = (MlopsException) refused.failure().orElseThrow().cause();
    assertEquals(Code.FILE_EXISTS, problem.problem().code());
    assertEquals("{}", Files.readString(folder.resolve("observability/dashboard.json")));
  }

  @Test
  void theOperatorsObjectsAreManifests() throws Exception {
    init(Optional.empty());
    observe(Scraping.PODMONITOR);
    assertTrue(Files.exists(folder.resolve("k8s/podmonitor.yaml")));
    assertTrue(Files.exists(folder.resolve("k8s/prometheusrule.yaml")));
    assertFalse(Files.exists(folder.resolve("observability/alerts.yaml")));
    assertFalse(Files.readString(folder.resolve("k8s/deployment.yaml")).contains("prometheus.io"));
  }

  @Test
  void aServiceOfOnesOwnHasOtherMetrics() throws Exception {
    run(request(new Beginning.OwnImage("registry.example.com/search:1"), Optional.empty()));
    assertThrows(MlopsException.class, () -> observe(Scraping.ANNOTATIONS));
  }

  private void init(Optional<Scraping> scraping) throws InterruptedException {
    run(request(new Beginning.Iris(Local.DEFAULT_PORT), scraping));
  }

  private InitRequest request(Beginning beginning, Optional<Scraping> scraping) {
    return new InitRequest(folder, Optional.of(new Name("iris")), beginning, scraping, false);
  }

  private static void run(InitRequest request) throws InterruptedException {
    InitRecipe.Init init = InitRecipe.plan(request, new ServiceProcess(NONE));
    RunReport report = new Runner(RunListener.SILENT).run(init.plan(), Mode.APPLY);
    assertEquals(Optional.empty(), report.failure());
  }

  @Test
  void onGoogleCloudThePodsAreScrapedByGooglesOwn() throws Exception {
    init(Optional.empty());
    observe(Optional.empty(), "platform=gcp", "gcp.project=my-mlops-project");
    assertTrue(Files.exists(folder.resolve("k8s/podmonitoring.yaml")));
    assertFalse(Files.readString(folder.resolve("k8s/deployment.yaml")).contains("prometheus.io"));
  }

  @Test
  void tracesAreLetOutToTheCollectorThatTheConfigNames() throws Exception {
    init(Optional.empty());
    Project project =
        project(
            "service.trace.exporter=otlp",
            "service.trace.endpoint=http://collector.observability:4318");
    assertInstanceOf(Check.Result.Warning.class, new TraceCheck(project).look());

    assertEquals(1, run(ObserveRecipe.traces(project)).changed());

    assertInstanceOf(Check.Result.Fine.class, new TraceCheck(project).look());
    assertEquals(0, run(ObserveRecipe.traces(project)).changed());
    String policy = Files.readString(folder.resolve("k8s/networkpolicy.yaml"));
    assertTrue(policy.contains("kubernetes.io/metadata.name: observability"), policy);
    assertInstanceOf(Check.Result.NotApplicable.class, new TraceCheck(project()).look());
    assertThrows(MlopsException.class, () -> ObserveRecipe.traces(project()));
  }

  @Test
  void aPolicyThatCantBeChangedAsTextIsNamed() throws Exception {
    init(Optional.empty());
    Files.writeString(
        folder.resolve("k8s/networkpolicy.yaml"),
        "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: iris},"
            + " spec: {podSelector: {}, egress: []}}");
    Project project =
        project("service.trace.exporter=otlp", "service.trace.endpoint=http://otel:4318");

    var refused = assertThrows(MlopsException.class, () -> ObserveRecipe.traces(project));

    assertEquals(Code.MANIFEST_NOT_OPENED, refused.problem().code());
    assertEquals("NetworkPolicy iris can't be given a way out", refused.problem().message());
  }

  private RunReport observe(Scraping how) throws InterruptedException {
    return observe(Optional.of(how));
  }

  private RunReport observe(Optional<Scraping> how, String... settings)
      throws InterruptedException {
    return run(ObserveRecipe.plan(project(settings), how, false));
  }

  private static RunReport run(InitRecipe.Init init) throws InterruptedException {
    return new Runner(RunListener.SILENT).run(init.plan(), Mode.APPLY);
  }

  private Project project(String... settings) {
    var source =
        new ConfigSource(folder, Optional.empty(), Optional.empty(), List.of(settings), Map.of());
    return new Project(ConfigLoader.loadWithoutFiles(source), NONE);
  }

  private void deleteAll() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
  }

  private Map<String, String> contents() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return contents;
  }
}

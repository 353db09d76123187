package dev.mlops.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.config.ConfigLoader;
import dev.mlops.config.ConfigSource;
import dev.mlops.lifecycle.PromoteRecipe.Source;
import dev.mlops.manifest.Manifests;
import dev.mlops.plan.Mode;
import dev.mlops.plan.RunListener;
import dev.mlops.plan.RunReport;
import dev.mlops.plan.Runner;
import dev.mlops.platform.ApplyOptions;
import dev.mlops.platform.Desired;
import dev.mlops.platform.FakePlatform;
import dev.mlops.platform.Release;
import dev.mlops.platform.Status;
import dev.mlops.platform.local.TestImage;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import dev.mlops.training.Installation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromoteRecipeTest {
  private static final Map<String, String> GOOD = Map.of("dev.mlops.metric.accuracy", "0.95");

  @TempDir private Path temp;
  private StubEndpoint there;
  private StubEndpoint here;
  private PreparedProject prepared;
  private FakePlatform dev;
  private FakePlatform prod;

  @BeforeEach
  void twoEnvironments() throws Exception {
    there = new StubEndpoint(PreparedProject.GOLDEN);
    here = new StubEndpoint(PreparedProject.GOLDEN);
    prepared = PreparedProject.ofData(temp, there.address());
    dev = new FakePlatform("flowers", there.address());
    prod = new FakePlatform("flowers", here.address());
  }

  @AfterEach
  void stop() {
    there.close();
    here.close();
  }

  @Test
  void takesTheSameImageAndTheOthersOwnManifests() throws Exception {
    TestImage image = deployed(GOOD);
    RunReport report = promote("scale.min=3");
    assertEquals(Optional.empty(), report.failure());
    Status status = prod.platform().workloads().status();
    assertEquals(image.digest(), status.release().orElseThrow().image());
    assertEquals(3, status.replicas().desired());
    assertEquals("0.95", status.release().orElseThrow().facts().get("dev.mlops.metric.accuracy"));
    assertTrue(report.steps().getLast().outcome().detail().contains("golden rows"));
    assertEquals(0, promote("scale.min=3").changed());
  }

  @Test
  void whatPredictsOtherwiseThanInTrainingStaysWhereItIs() throws Exception {
    deployed(GOOD);
    there.lie(true);
    assertRefused(Code.PREDICTION_DIFFERS);
  }

  @Test
  void whatDoesNotRunStaysWhereItIs() throws Exception {
    assertRefused(Code.RELEASE_NOT_PROMOTED);
    deployed(GOOD);
    dev.platform().power().pause(_ -> {});
    assertRefused(Code.RELEASE_NOT_PROMOTED);
  }

  @Test
  void theGateIsThatOfTheOtherEnvironment() throws Exception {
    deployed(GOOD);
    RunReport report = promote("model.gate.accuracy=0.99");
    assertEquals(Code.GATE_QUALITY, problem(report).problem().code());
    assertEquals(List.of(), prod.calls());
  }

  @Test
  void aReleaseWithoutFiguresPassesNoGate() throws Exception {
    deployed(Map.of());
    assertRefused(Code.GATE_QUALITY);
  }

  @Test
  void afterAnyFailureTheNextRunReachesTheSameEnd() throws Exception {
    TestImage image = deployed(GOOD);
    for (String call : List.of("check", "publish", "apply")) {
      prod = new FakePlatform("flowers", here.address()).failOn(call);
      assertTrue(promote().failure().isPresent(), call);
      assertEquals(Optional.empty(), promote().failure(), call);
      assertEquals(image.digest(), release(prod).image());
    }
    dev.failOn("fetch");
    prepared.project(); // the layout of prod is there by now: nothing has to be fetched
    assertEquals(Optional.empty(), promote().failure());
  }

  private static Release release(FakePlatform platform) {
    return platform.platform().workloads().status().release().orElseThrow();
  }

  private void assertRefused(Code code) throws Exception {
    assertEquals(code, problem(promote()).problem().code());
    assertEquals(List.of(), prod.calls());
  }

  private static MlopsException problem(RunReport report) {
    return (MlopsException) report.failure().orElseThrow().cause();
  }

  private TestImage deployed(Map<String, String> labels) throws Exception {
    TestImage image =
        TestImage.write(
            temp.resolve("image"),
            "first",
            labels,
            Map.of("app/model/golden.json", PreparedProject.GOLDEN.getBytes(UTF_8)));
    dev.platform().images().publish(image.layout(), image.digest(), _ -> {});
    var manifests = Manifests.load(prepared.folder().resolve("k8s"));
    dev.platform()
        .workloads()
        .apply(
            new Desired(
                new Release(image.digest().brief(), image.digest(), labels),
                Manifests.withImage(manifests, "flowers", image.reference())),
            _ -> {});
    return image;
  }

  private RunReport promote(String... sets) throws InterruptedException {
    var source = new Source(project("dev"), dev.platform());
    return new Runner(RunListener.SILENT)
        .run(
            PromoteRecipe.plan(source, project("prod", sets), prod.platform(), ApplyOptions.USUAL),
            Mode.APPLY);
  }

  private Project project(String environment, String... sets) {
    var config =
        new ConfigSource(
            prepared.folder(), Optional.empty(), Optional.of(environment), List.of(sets), Map.of());
    return new Project(ConfigLoader.load(config), new Installation(prepared.home()));
  }
}

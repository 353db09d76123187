package dev.mlops.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mlops.manifest.Manifests;
import dev.mlops.plan.Mode;
import dev.mlops.plan.RunListener;
import dev.mlops.plan.RunReport;
import dev.mlops.plan.Runner;
import dev.mlops.platform.ApplyOptions;
import dev.mlops.platform.Desired;
import dev.mlops.platform.Release;
import dev.mlops.platform.local.TestImage;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Back to a release of another model than the one that is in the project by now. */
@EnabledOnOs(OS.LINUX)
final class RollbackRecipeTest {
  private static final String FORMER =
      """
      {"rows": [
        {"input": {"length": 1.4}, "output": {"prediction": "other", "scores": [0.3, 0.7]}},
        {"input": {"length": 9.9}, "output": {"prediction": "setosa", "scores": [0.6, 0.4]}},
        {"input": {"length": 4.7}, "output": {"prediction": "other", "scores": [0.1, 0.9]}}
      ]}
      """;

  @TempDir private Path temp;
  private StubEndpoint endpoint;
  private PreparedProject prepared;

  @BeforeEach
  void aModelIsHere() throws Exception {
    endpoint = new StubEndpoint(FORMER);
    prepared = PreparedProject.ofData(temp, endpoint.address()).trained();
  }

  @AfterEach
  void stop() {
    endpoint.close();
  }

  @Test
  void comparesTheRowsThatLieInTheImage() throws Exception {
    deploy("former", Map.of("app/model/golden.json", FORMER.getBytes(UTF_8)));
    deploy("latter", Map.of());
    assertEquals("3 golden rows predicted as in training", verified(rollBack()));
    assertEquals("3 golden rows predicted as in training", verified(pausedAndResumed()));
  }

  @Test
  void failsIfTheyComeOutAnotherWay() throws Exception {
    deploy("former", Map.of("app/model/golden.json", FORMER.getBytes(UTF_8)));
    deploy("latter", Map.of());
    endpoint.lie(true);
    MlopsException problem = (MlopsException) rollBack().failure().orElseThrow().cause();
    assertEquals(Code.PREDICTION_DIFFERS, problem.problem().code());
  }

  @Test
  void saysSoWhereThereAreNoneOrTheyCantBeRead() throws Exception {
    deploy("former", Map.of());
    deploy("latter", Map.of());
    assertEquals("not compared: the image of the release has no golden rows", verified(rollBack()));
    prepared.fake().failOn("file");
    assertEquals("not compared: The fake was told to fail file", verified(pausedAndResumed()));
  }

  private static String verified(RunReport report) {
    assertEquals(Optional.empty(), report.failure());
    return report.steps().getLast().outcome().detail();
  }

  private RunReport rollBack() throws InterruptedException {
    return new Runner(RunListener.SILENT)
        .run(
            RollbackRecipe.plan(
                prepared.project(), prepared.platform(), Optional.empty(), ApplyOptions.USUAL),
            Mode.APPLY);
  }

  private RunReport pausedAndResumed() throws InterruptedException {
    prepared.platform().power().pause(_ -> {});
    return new Runner(RunListener.SILENT)
        .run(PowerRecipe.resume(prepared.project(), prepared.platform()), Mode.APPLY);
  }

  private void deploy(String variant, Map<String, byte[]> files) throws Exception {
    Map<String, String> labels = Map.of("dev.mlops.model", "sha256:" + "0".repeat(64));
    TestImage image = TestImage.write(temp.resolve("image-" + variant), variant, labels, files);
    prepared.platform().images().publish(image.layout(), image.digest(), _ -> {});
    var manifests = Manifests.load(prepared.folder().resolve("k8s"));
    prepared
        .platform()
        .workloads()
        .apply(
            new Desired(
                new Release(image.digest().brief(), image.digest(), labels),
                Manifests.withImage(manifests, "flowers", image.reference())),
            _ -> {});
  }
}

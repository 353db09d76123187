package dev.mlops.platform.gcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.Golden;
import dev.mlops.lifecycle.DeployRecipe;
import dev.mlops.lifecycle.PowerRecipe;
import dev.mlops.lifecycle.PreparedProject;
import dev.mlops.lifecycle.ProvisionRecipe;
import dev.mlops.lifecycle.ReportText;
import dev.mlops.lifecycle.StubEndpoint;
import dev.mlops.plan.Mode;
import dev.mlops.plan.Plan;
import dev.mlops.plan.RunListener;
import dev.mlops.plan.RunReport;
import dev.mlops.plan.Runner;
import dev.mlops.platform.FakePlatform;
import dev.mlops.platform.Platform;
import dev.mlops.platform.gcp.fake.Journal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What each recipe plans, does, and plans again; a plan asks for no change, a second run neither.
 */
final class GcpPlansTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/gcp");

  @TempDir private Path folder;
  private final GoogleProject google = new GoogleProject();

  @AfterEach
  void close() {
    google.close();
  }

  /** Makes a plan anew: each run needs its own. */
  private interface Recipe {
    Plan plan() throws Exception;
  }

  private Platform platform(String settings) throws Exception {
    return google.platform(folder, settings, new FakePlatform("flowers").platform());
  }

  @Test
  void provisionStandard() throws Exception {
    Platform platform = platform("");
    check("provision-standard", () -> ProvisionRecipe.plan(platform, List.of()));
  }

  @Test
  void provisionAutopilot() throws Exception {
    Platform platform = platform("cluster: {kind: autopilot}\nmode: impersonation");
    check("provision-autopilot", () -> ProvisionRecipe.plan(platform, List.of()));
  }

  @Test
  void provisionOnlyTheClusterAndTheRegistry() throws Exception {
    Platform platform = platform("location: us-central1-a");
    check("provision-only", () -> ProvisionRecipe.plan(platform, List.of("cluster", "registry")));
  }

  @Test
  void provisionWhatHasDrifted() throws Exception {
    google.ensureAll(folder, "");
    google.changeCluster(cluster -> cluster.clearShieldedNodes());
    Platform platform = platform("cluster: {machineType: e2-medium, nodes: {min: 0, max: 5}}");
    check("provision-drifted", () -> ProvisionRecipe.plan(platform, List.of()));
  }

  @Test
  void provisionInWhatIsNotOurs() throws Exception {
    google.ensureAll(folder, "");
    google.changeCluster(cluster -> cluster.clearResourceLabels().clearShieldedNodes());
    Platform platform = platform("adopt: true\nroles: [roles/storage.objectViewer]");
    check("provision-adopted", () -> ProvisionRecipe.plan(platform, List.of()));
  }

  @Test
  void upPauseResumeAndDestroy() throws Exception {
    try (var endpoint = new StubEndpoint(PreparedProject.GOLDEN)) {
      PreparedProject prepared = PreparedProject.ofData(folder, endpoint.address());
      prepared.willTrain(0.95);
      Platform platform = google.platform(folder, "", prepared.fake().platform());

      check("up", () -> DeployRecipe.fromData(prepared.project(), platform));
      check("pause", () -> PowerRecipe.pause(prepared.project(), platform));
      check("resume", () -> PowerRecipe.resume(prepared.project(), platform));
      check("destroy", () -> PowerRecipe.destroy(platform.ownership()));
    }
  }

  private void check(String name, Recipe recipe) throws Exception {
    List<Journal.Call> before = google.fake().journal().mutations();
    String plan = ReportText.of(run(recipe, Mode.PLAN));
    assertEquals(before, google.fake().journal().mutations(), "a plan changes nothing");

    RunReport applied = run(recipe, Mode.APPLY);
    assertTrue(applied.failure().isEmpty(), () -> ReportText.of(applied));
    List<Journal.Call> after = google.fake().journal().mutations();
    RunReport again = run(recipe, Mode.APPLY);
    assertEquals(after, google.fake().journal().mutations(), "a second run changes nothing");
    Golden.check(
        GOLDEN.resolve(name + ".txt"),
        normalised(
            "plan\n"
                + plan
                + "\napply\n"
                + ReportText.of(applied)
                + "\napply again\n"
                + ReportText.of(again)));
  }

  private static RunReport run(Recipe recipe, Mode mode) throws Exception {
    return new Runner(RunListener.SILENT).run(recipe.plan(), mode);
  }

  private String normalised(String text) {
    return text.replace(folder.toString(), "<FOLDER>")
        .replaceAll("http://127\\.0\\.0\\.1:\\d+", "<ENDPOINT>")
        .replaceAll("projects/\\d+/", "projects/<NUMBER>/")
        .replaceAll("sha256:[0-9a-f]{64}", "<DIGEST>")
        .replaceAll("\\b[0-9a-f]{12}\\b", "<DIGEST>")
        .replaceAll("[\\d.]+ [kMG]B\\b", "<SIZE>");
  }
}

package dev.mlops.lifecycle;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.Golden;
import dev.mlops.plan.Mode;
import dev.mlops.plan.Outcome;
import dev.mlops.plan.Plan;
import dev.mlops.plan.RunListener;
import dev.mlops.plan.RunReport;
import dev.mlops.plan.Runner;
import dev.mlops.platform.Ownership.Owned;
import dev.mlops.platform.Platform;
import dev.mlops.platform.Status;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Every recipe that changes something, with real files and a real endpoint on a platform in memory:
 * its plan, its repetition, and each call of the platform failing in turn.
 */
@EnabledOnOs(OS.LINUX)
final class RecipesTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/local");

  private static final List<String> CALLS =
      List.of("publish", "apply", "pause", "resume", "remove", "status", "compare", "check");

  @TempDir private static Path temp;
  private static StubEndpoint endpoint;
  private static int worlds;

  /** What a run leaves. */
  private record End(Status status, List<Owned> owned) {}

  @BeforeAll
  static void serve() throws IOException {
    endpoint = new StubEndpoint(PreparedProject.GOLDEN);
  }

  @AfterAll
  static void stop() {
    endpoint.close();
  }

  @ParameterizedTest
  @FieldSource("dev.mlops.lifecycle.RecipeCase#ALL")
  void planIsAsRecorded(RecipeCase recipe) throws Exception {
    PreparedProject prepared = begin(recipe);
    End before = end(prepared);
    List<String> calls = prepared.fake().calls();
    String plan = ReportText.of(run(recipe.plan(prepared), Mode.PLAN));
    assertEquals(before, end(prepared), "a plan changes nothing");
    assertEquals(calls, prepared.fake().calls(), "a plan changes nothing");

    String applied = ReportText.of(apply(recipe, prepared));
    String again = ReportText.of(run(recipe.plan(prepared), Mode.PLAN));
    Golden.check(
        GOLDEN.resolve(recipe + ".txt"),
        normalised("plan\n" + plan + "\napply\n" + applied + "\nplan again\n" + again, prepared));
  }

  @ParameterizedTest
  @FieldSource("dev.mlops.lifecycle.RecipeCase#ALL")
  void aSecondRunChangesNothing(RecipeCase recipe) throws Exception {
    PreparedProject prepared = begin(recipe);
    RunReport first = apply(recipe, prepared);
    assertTrue(first.failure().isEmpty(), () -> ReportText.of(first));
    assertTrue(first.changed() > 0, () -> ReportText.of(first));
    End end = end(prepared);

    RunReport second = apply(recipe, prepared);
    assertAll(
        second.steps().stream()
            .map(step ->
                () -> assertInstanceOf(Outcome.Unchanged.class, step.outcome(), step.id())));
    assertEquals(end, end(prepared));
  }

  @ParameterizedTest
  @FieldSource("dev.mlops.lifecycle.RecipeCase#ALL")
  void afterAnyFailureTheNextRunReachesTheSameEnd(RecipeCase recipe) throws Exception {
    PreparedProject undisturbed = begin(recipe);
    done(recipe.plan(undisturbed));
    Set<String> met = new TreeSet<>();
    for (String call : CALLS) {
      PreparedProject prepared = begin(recipe);
      prepared.fake().failOn(call);
      RunReport disturbed = apply(recipe, prepared);
      if (prepared.fake().isStillToFail()) {
        continue;
      }
      met.add(call);
      assertTrue(disturbed.failure().isPresent(), () -> call + "\n" + ReportText.of(disturbed));
      done(recipe.plan(prepared));
      assertEquals(end(undisturbed), end(prepared), call);
    }
    assertEquals(new TreeSet<>(recipe.calls()), met, "the calls that could fail");
  }

  @Test
  void upFromDataPlansWhatItCannotKnowYet() throws Exception {
    PreparedProject prepared = begin(RecipeCase.TRAIN);
    Plan plan = DeployRecipe.fromData(prepared.project(), prepared.platform());
    String text = ReportText.of(run(plan, Mode.PLAN));

    Golden.check(GOLDEN.resolve("up.txt"), normalised("plan\n" + text, prepared));
    assertEquals(List.of(), prepared.fake().calls());
  }

  @Test
  void aModelThatMissesItsGateReplacesNothing() throws Exception {
    PreparedProject prepared = PreparedProject.ofData(temp.resolve("gate"), endpoint.address());
    prepared.trained();
    Path card = prepared.project().artifact().resolve("card.json");
    String before = Files.readString(card);
    Files.writeString(prepared.folder().resolve("data/flowers.csv"), "length,species\n1,a\n2,b\n");
    prepared.willTrain(0.5);
    RunReport report = apply(RecipeCase.TRAIN, prepared);

    assertEquals(Code.GATE_QUALITY, problem(report).problem().code());
    assertEquals(before, Files.readString(card));
    Path rejected = card.getParent().resolveSibling("model.rejected");
    assertTrue(Files.readString(rejected.resolve("card.json")).contains("0.5"));
    prepared.willTrain(0.99);
    assertTrue(apply(RecipeCase.TRAIN, prepared).failure().isEmpty());
    assertNotEquals(before, Files.readString(card));
  }

  @Test
  void anEndpointThatNeedsAMomentIsWaitedFor() throws Exception {
    PreparedProject prepared = begin(RecipeCase.DEPLOY);
    endpoint.beUnavailable(2);

    done(RecipeCase.DEPLOY.plan(prepared));
  }

  @Test
  void aServiceThatPredictsSomethingElseIsNotVerified() throws Exception {
    PreparedProject prepared = begin(RecipeCase.DEPLOY);
    endpoint.lie(true);
    try {
      RunReport report = apply(RecipeCase.DEPLOY, prepared);
      assertEquals(Code.PREDICTION_DIFFERS, problem(report).problem().code());
    } finally {
      endpoint.lie(false);
    }
    done(RecipeCase.DEPLOY.plan(prepared));
  }

  @Test
  void whatIsNotThereCannotBePausedResumedOrDeployed() throws Exception {
    PreparedProject prepared = begin(RecipeCase.TRAIN);

    assertEquals(
        Code.NOTHING_DEPLOYED, problem(apply(RecipeCase.PAUSE, prepared)).problem().code());
    assertEquals(
        Code.NOTHING_DEPLOYED, problem(apply(RecipeCase.RESUME, prepared)).problem().code());
    assertEquals(Code.IMAGE_MISSING, problem(apply(RecipeCase.DEPLOY, prepared)).problem().code());
    assertEquals(List.of(), prepared.fake().calls());
  }

  private static PreparedProject begin(RecipeCase recipe) throws Exception {
    Path world = Files.createDirectories(temp.resolve("world" + worlds++));
    return recipe.begin(world, endpoint.address());
  }

  private static RunReport apply(RecipeCase recipe, PreparedProject prepared)
      throws InterruptedException {
    return run(recipe.plan(prepared), Mode.APPLY);
  }

  private static void done(Plan plan) throws InterruptedException {
    RunReport report = run(plan, Mode.APPLY);
    assertTrue(report.failure().isEmpty(), () -> ReportText.of(report));
  }

  private static RunReport run(Plan plan, Mode mode) throws InterruptedException {
    return new Runner(RunListener.SILENT).run(plan, mode);
  }

  private static MlopsException problem(RunReport report) {
    return assertInstanceOf(MlopsException.class, report.failure().orElseThrow().cause());
  }

  private static End end(PreparedProject prepared) {
    Platform platform = prepared.platform();
    return new End(platform.workloads().status(), platform.ownership().owned());
  }

  private static String normalised(String text, PreparedProject prepared) {
    return text.replace(prepared.folder().toString(), "<PROJECT>")
        .replace(endpoint.address().toString(), "<ENDPOINT>")
        .replaceAll("sha256:[0-9a-f]{64}", "<DIGEST>")
        .replaceAll("\\b[0-9a-f]{12}\\b", "<DIGEST>");
  }
}

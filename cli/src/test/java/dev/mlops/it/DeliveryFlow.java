package dev.mlops.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mlops.ci.FakeGitHub;
import dev.mlops.ci.actions.Event;
import dev.mlops.ci.actions.Runner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The two workflows of a project, each step executed as it stands: pushes and pull requests to a
 * git repository with the branches main and dev. Each test is the next thing that happens to it.
 */
@TestMethodOrder(OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DeliveryFlow {
  private static final String PUSH = ".github/workflows/ci-cd.yml";
  private static final String REQUEST = ".github/workflows/continuous-deployment.yml";

  /** A busy machine now and then makes a measurement invalid; people run such a job again. */
  private static final int ATTEMPTS = 3;

  @TempDir static Path temp;
  Tool origin;
  private FakeGitHub gitHub;
  private Runner runner;
  private String mainSha = "";
  private String release = "";

  /** What stands below {@code environments:}. */
  abstract String environments();

  /** What the environment that main is deployed to runs. */
  abstract JsonNode status() throws Exception;

  /** What runs of a pull request. */
  abstract JsonNode preview(int number) throws Exception;

  /** Of the pull request in this test; others may use the same cluster. */
  abstract int number();

  void begin(String kept) throws Exception {
    origin = new Tool(temp.resolve("origin"));
    gitHub = new FakeGitHub();
    origin.run("init", ".", "--name", "iris").expect(0);
    edit("mlops.yaml", "\nenvironments:(?s:.*)", "\nenvironments:\n" + environments().indent(2));
    edit("loadtest.yaml", "users: 100\nspawnRate: 50\n", "rate: 40\n");
    edit("loadtest.yaml", "duration: 30s", "duration: 8s");
    origin.run("ci", "init").expect(0);
    Files.writeString(
        origin.folder().resolve("mlopsw"), "#!/bin/sh\nexec " + launcher() + " \"$@\"\n");
    Runner.git(origin.folder(), "init", "-q", "-b", "main");
    mainSha = commit("A project");
    Runner.git(origin.folder(), "branch", "dev");
    Map<String, String> variables = new LinkedHashMap<>(gitHub.variablesOfAJob());
    runner = new Runner(origin.folder(), temp.resolve("runner"), variables, Map.of()).keeping(kept);
  }

  @AfterAll
  void close() throws Exception {
    if (gitHub != null) {
      gitHub.close();
    }
    clear();
  }

  /** Removes what is deployed. */
  abstract void clear() throws Exception;

  @Test
  @Order(1)
  void aGoodPushIsDeployed() throws Exception {
    Map<String, Runner.Job> jobs = push("main", mainSha);

    assertResults(jobs, "model", "success", "deploy", "success");
    assertEquals("running", status().path("state").asText());
    release = status().path("release").asText();
    assertTrue(jobs.get("deploy").url().startsWith("http://"), jobs.get("deploy").log());
    assertTrue(jobs.get("model").summary().contains("| accuracy |"), jobs.get("model").summary());
    assertTrue(jobs.get("deploy").summary().contains("Load test of what was deployed"));
  }

  @Test
  @Order(2)
  void aBadModelIsStoppedByItsGate() throws Exception {
    startFromMain();
    edit("mlops.yaml", "epochs: 50", "epochs: 1");
    edit("mlops.yaml", "#learningRate: 0.1", "learningRate: 0.000001");
    Map<String, Runner.Job> jobs = push("main", commit("Train less"));

    assertResults(jobs, "model", "failure", "deploy", "skipped");
    assertTrue(
        jobs.get("model").summary().contains("MLOPS-MODEL-002"), jobs.get("model").summary());
    assertEquals(release, status().path("release").asText());
  }

  @Test
  @Order(3)
  void oneThatMissesItsObjectiveGoesBackToTheFormerRelease() throws Exception {
    startFromMain();
    edit("mlops.yaml", "epochs: 50", "epochs: 55");
    edit("loadtest.yaml", "- p95<200ms", "- p95<0.001ms");
    Map<String, Runner.Job> jobs = push("main", commit("A new model, an objective out of reach"));

    assertResults(jobs, "model", "success", "deploy", "failure");
    assertEquals(release, status().path("release").asText(), jobs.get("deploy").log());
    assertEquals("running", status().path("state").asText());
    assertTrue(
        jobs.get("deploy").log().contains("The environment is back at release " + release),
        jobs.get("deploy").log());
    assertTrue(
        jobs.get("deploy").summary().contains("- ✗ `p95<0.001ms`"), jobs.get("deploy").summary());
  }

  @Test
  @Order(4)
  void aRequestGetsAPreviewAndAComment() throws Exception {
    startFromMain();
    edit("mlops.yaml", "epochs: 50", "epochs: 60");
    Map<String, Runner.Job> jobs = request("opened", commit("Train more"), Event.REPOSITORY);

    assertResults(
        jobs, "check", "success", "preview", "success", "comment", "success", "remove", "skipped",
        "expire", "skipped");
    assertEquals("running", preview(number()).path("state").asText());
    assertNotEquals(release, preview(number()).path("release").asText());
    assertEquals(release, status().path("release").asText(), "production is not touched");
    assertEquals(1, gitHub.comments(number()).size());
    String comment = gitHub.comments(number()).getFirst();
    for (String part :
        Set.of(
            "Is the model better?",
            "| accuracy |",
            "Is it fast enough?",
            "| p95 |",
            "| `model.algorithm.epochs` | `50` | `60` |",
            "### Preview",
            "`pr-" + number() + "`")) {
      assertTrue(comment.contains(part), part + " in " + comment);
    }
  }

  @Test
  @Order(5)
  void theNextCommitUpdatesTheOneComment() throws Exception {
    edit("mlops.yaml", "epochs: 60", "epochs: 70");
    Map<String, Runner.Job> jobs = request("synchronize", commit("Train longer"), Event.REPOSITORY);

    assertEquals("success", jobs.get("comment").result(), jobs.get("comment").log());
    assertEquals(1, gitHub.comments(number()).size());
    assertTrue(gitHub.comments(number()).getFirst().contains("| `50` | `70` |"));
  }

  @Test
  @Order(6)
  void aForkGetsNoCredentialsAndItsTextDoesNothing() throws Exception {
    Path proof = temp.resolve("injected");
    String title = "x\"; touch " + proof + "; echo $(touch " + proof + ") `touch " + proof + "`";
    int before = gitHub.journal().size();
    Map<String, Runner.Job> jobs =
        runner.run(workflow(REQUEST), event("opened", 1, head(), "stranger/iris", title));

    assertResults(
        jobs, "check", "success", "preview", "skipped", "comment", "skipped", "remove", "skipped",
        "expire", "skipped");
    assertFalse(Files.exists(proof), "the title was run");
    assertEquals(before, gitHub.journal().size(), "GitHub was asked with a token");
    assertTrue(jobs.get("check").summary().contains("| accuracy |"));
  }

  @Test
  @Order(7)
  void closingRemovesBoth() throws Exception {
    Map<String, Runner.Job> jobs = request("closed", head(), Event.REPOSITORY);

    assertResults(
        jobs, "check", "skipped", "preview", "skipped", "comment", "skipped", "remove", "success",
        "expire", "skipped");
    assertEquals(Set.of(), Set.copyOf(gitHub.comments(number())));
    assertEquals("absent", preview(number()).path("state").asText());
    assertEquals(release, status().path("release").asText());
  }

  /** The daily run; nothing of this project's is old. */
  @Test
  @Order(8)
  void theDailyRunLeavesWhatIsInUse() throws Exception {
    Map<String, Runner.Job> jobs = runner.run(workflow(REQUEST), Event.schedule("main", mainSha));

    assertEquals("success", jobs.get("expire").result(), jobs.get("expire").log());
    assertEquals(release, status().path("release").asText());
  }

  private void startFromMain() throws Exception {
    Runner.git(origin.folder(), "reset", "-q", "--hard", mainSha);
  }

  private Map<String, Runner.Job> push(String branch, String sha) throws Exception {
    for (int attempt = 1; ; attempt++) {
      Map<String, Runner.Job> jobs = runner.run(workflow(PUSH), Event.push(branch, sha));
      if (attempt == ATTEMPTS || !wasInvalid(jobs)) {
        return jobs;
      }
    }
  }

  private Map<String, Runner.Job> request(String action, String sha, String from) throws Exception {
    for (int attempt = 1; ; attempt++) {
      Map<String, Runner.Job> jobs =
          runner.run(workflow(REQUEST), event(action, number(), sha, from, "A title"));
      if (attempt == ATTEMPTS || !wasInvalid(jobs)) {
        return jobs;
      }
    }
  }

  private static boolean wasInvalid(Map<String, Runner.Job> jobs) {
    return jobs.values().stream().anyMatch(job -> job.log().contains("MLOPS-LOAD-008"));
  }

  private Event event(String action, int number, String sha, String from, String title) {
    return Event.request(action, number, "main", mainSha, sha, from, title);
  }

  private Path workflow(String name) {
    return origin.folder().resolve(name);
  }

  private String head() throws Exception {
    return Runner.git(origin.folder(), "rev-parse", "HEAD");
  }

  private String commit(String message) throws Exception {
    Runner.git(origin.folder(), "add", "-A");
    Runner.git(origin.folder(), "commit", "-q", "-m", message);
    return head();
  }

  final void edit(String file, String pattern, String replacement) throws IOException {
    Path path = origin.folder().resolve(file);
    String before = Files.readString(path);
    String after = before.replaceFirst(pattern, replacement);
    assertNotEquals(before, after, pattern + " in " + file);
    Files.writeString(path, after);
  }

  private static Path launcher() {
    return Tool.dist().resolve("bin/mlops").toAbsolutePath();
  }

  private static void assertResults(Map<String, Runner.Job> jobs, String... idsAndResults) {
    Map<String, String> wanted = new LinkedHashMap<>();
    for (int i = 0; i < idsAndResults.length; i += 2) {
      wanted.put(idsAndResults[i], idsAndResults[i + 1]);
    }
    Map<String, String> results = new LinkedHashMap<>();
    jobs.forEach((id, job) -> results.put(id, job.result()));
    assertEquals(
        wanted,
        results,
        () ->
            jobs.entrySet().stream()
                .flatMap(job -> Stream.of(job.getKey(), job.getValue().log()))
                .collect(Collectors.joining("\n")));
  }
}

package dev.mlops.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mlops.ci.FakeGitHub;
import dev.mlops.ci.actions.Event;
import dev.mlops.ci.actions.Runner;
import dev.mlops.image.UserCache;
import dev.mlops.process.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
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
  static final String PUSH = ".github/workflows/ci-cd.yml";
  static final String REQUEST = ".github/workflows/continuous-deployment.yml";

  /** Wide enough for a busy machine to be a fair judge of it. */
  static final String OBJECTIVE = "p95<1s";

  /** A busy machine now and then makes a measurement invalid; people run such a job again. */
  private static final int ATTEMPTS = 3;

  @TempDir static Path temp;
  Tool origin;
  FakeGitHub gitHub;
  Runner runner;
  String release = "";
  private ReleaseServer releases;
  String mainSha = "";
  private boolean tooBusy;

  /** What stands below {@code environments:}. */
  abstract String environments();

  /** What the environment that main is deployed to runs. */
  abstract JsonNode status() throws Exception;

  /** What runs of a pull request. */
  abstract JsonNode preview(int number) throws Exception;

  /** Of the pull request in this test; others may use the same cluster. */
  abstract int number();

  /** Changes the project so that it misses an objective of its load test. */
  abstract void slowDown() throws IOException;

  /**
   * @param kept what a runner of one's own leaves between jobs; empty for GitHub's
   */
  void begin(String kept) throws Exception {
    Programs.require("git");
    origin = new Tool(temp.resolve("origin"));
    gitHub = new FakeGitHub();
    releases = new ReleaseServer(temp.resolve("releases"));
    origin.run("init", ".", "--name", "iris").expect(0);
    edit("mlops.yaml", "\nenvironments:(?s:.*)", "\nenvironments:\n" + environments().indent(2));
    edit("loadtest.yaml", "users: 100\nspawnRate: 50\n", "rate: 80\n");
    edit("loadtest.yaml", "warmUp: 2s", "warmUp: 1s");
    edit("loadtest.yaml", "duration: 30s", "duration: 7s");
    edit("loadtest.yaml", "- p95<200ms", "- " + OBJECTIVE);
    origin.run("ci", "init").expect(0);
    Runner.git(origin.folder(), "init", "-q", "-b", "main");
    mainSha = commit("A project");
    Runner.git(origin.folder(), "branch", "dev");
    Map<String, String> variables = new LinkedHashMap<>(gitHub.variablesOfAJob());
    variables.put("XDG_CACHE_HOME", cache().toString());
    runner =
        new Runner(
                origin.folder(),
                temp.resolve("runner"),
                variables,
                Map.of("MLOPS_RELEASES", releases.url()))
            .keeping(kept);
  }

  /**
   * What builds have made on this machine, as actions/cache brings it back; the tool is not in it.
   */
  private static Path cache() throws IOException {
    Path cache = Files.createDirectories(temp.resolve("cache/mlops"));
    Path own = UserCache.folder();
    if (Files.isDirectory(own)) {
      try (Stream<Path> entries = Files.list(own)) {
        for (Path entry : entries.filter(path -> !path.endsWith("tool")).toList()) {
          Files.createSymbolicLink(cache.resolve(entry.getFileName()), entry);
        }
      }
    }
    return cache.getParent();
  }

  @AfterAll
  void close() throws Exception {
    if (gitHub != null) {
      gitHub.close();
    }
    if (releases != null) {
      releases.close();
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
    slowDown();
    Map<String, Runner.Job> jobs = push("main", commit("A new model, and slow"));

    assertResults(jobs, "model", "success", "deploy", "failure");
    assertEquals(release, status().path("release").asText(), jobs.get("deploy").log());
    assertEquals("running", status().path("state").asText());
    assertTrue(
        jobs.get("deploy").log().contains("The environment is back at release " + release),
        jobs.get("deploy").log());
    assertTrue(jobs.get("deploy").summary().contains("- ✗ `"), jobs.get("deploy").summary());
    assertTrue(jobs.get("deploy").log().contains("MLOPS-LOAD-007"), jobs.get("deploy").log());
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
  @Order(9)
  void closingRemovesBoth() throws Exception {
    Map<String, Runner.Job> jobs = request("closed", head(), Event.REPOSITORY);

    assertResults(
        jobs, "check", "skipped", "preview", "skipped", "comment", "skipped", "remove", "success",
        "expire", "skipped");
    assertEquals(Set.of(), Set.copyOf(gitHub.comments(number())));
    assertEquals("absent", preview(number()).path("state").asText());
    assertEquals(release, status().path("release").asText());
  }

  final void startFromMain() throws Exception {
    Runner.git(origin.folder(), "reset", "-q", "--hard", mainSha);
  }

  final Map<String, Runner.Job> push(String branch, String sha) throws Exception {
    return judged(PUSH, Event.push(branch, sha));
  }

  final Map<String, Runner.Job> request(String action, String sha, String from) throws Exception {
    return judged(REQUEST, event(action, number(), sha, from, "A title"));
  }

  /**
   * Each test is the next thing that happens: without one of them, the rest can't happen either.
   */
  private Map<String, Runner.Job> judged(String workflow, Event event) throws Exception {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Map<String, Runner.Job> jobs = runner.run(workflow(workflow), event);
      if (!wasInvalid(jobs)) {
        return jobs;
      }
    }
    tooBusy = true;
    return abort(
        "the machine is too busy: each load test of the " + event.name() + " was not valid");
  }

  @BeforeEach
  void isQuietEnough() {
    assumeFalse(tooBusy, "the machine was too busy for the test before this one");
  }

  private static boolean wasInvalid(Map<String, Runner.Job> jobs) {
    return jobs.values().stream().anyMatch(job -> job.log().contains("MLOPS-LOAD-008"));
  }

  final Event event(String action, int number, String sha, String from, String title) {
    return Event.request(action, number, "main", mainSha, sha, from, title);
  }

  final Path workflow(String name) {
    return origin.folder().resolve(name);
  }

  final String head() throws Exception {
    return Runner.git(origin.folder(), "rev-parse", "HEAD");
  }

  final String commit(String message) throws Exception {
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

  static void assertResults(Map<String, Runner.Job> jobs, String... idsAndResults) {
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

package dev.mlops.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mlops.console.Console;
import dev.mlops.console.Terminal;
import dev.mlops.lifecycle.PreparedProject;
import dev.mlops.lifecycle.StubEndpoint;
import dev.mlops.platform.EnvironmentLock;
import dev.mlops.platform.local.TestImage;
import dev.mlops.problem.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What users and scripts rely on: exit codes, what goes to which stream, and what is asked. */
final class CommandLineTest {
  private static final String NO_TERMINAL = "";
  private static final String TERMINAL = "012";

  @TempDir private Path temp;
  private StubEndpoint endpoint;
  private PreparedProject prepared;

  /** What one command gave back. */
  private record Ran(int status, String out, String err) {
    Ran expect(int wanted) {
      assertEquals(wanted, status, () -> out + err);
      return this;
    }

    JsonNode json() throws IOException {
      return new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .readTree(out);
    }

    String code() throws IOException {
      return json().at("/error/code").asText();
    }
  }

  @BeforeEach
  void prepare() throws Exception {
    endpoint = new StubEndpoint(PreparedProject.GOLDEN);
    prepared = PreparedProject.ofData(temp, endpoint.address()).trained().built("first");
  }

  @AfterEach
  void stop() {
    endpoint.close();
  }

  private Ran run(String... args) {
    return run(NO_TERMINAL, Map.of(), "", args);
  }

  /** In the project's folder. */
  private Ran here(String verb, String... args) {
    List<String> all = new ArrayList<>(List.of(verb, "--project", prepared.folder().toString()));
    all.addAll(List.of(args));
    return run(all.toArray(String[]::new));
  }

  private Ran here(String terminals, Map<String, String> variables, String typed, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--project", prepared.folder().toString()));
    return run(terminals, variables, typed, all.toArray(String[]::new));
  }

  private Ran run(String terminals, Map<String, String> variables, String typed, String... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    Map<String, String> environ = new HashMap<>(variables);
    environ.put("XDG_STATE_HOME", temp.resolve("state").toString());
    var terminal =
        new Terminal(terminals, environ, new ByteArrayInputStream(typed.getBytes(UTF_8)));
    var console =
        new Console(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), terminal);
    int status = new Mlops(console, _ -> prepared.platform()).execute(List.of(args)).status();
    return new Ran(status, out.toString(UTF_8), err.toString(UTF_8));
  }

  @Test
  void helpListsEveryVerbOnStandardOutput() {
    for (Ran ran : List.of(run(), run("--help"))) {
      ran.expect(0);
      assertAll(
          Stream.of(
                  "demo",
                  "init",
                  "plan",
                  "up",
                  "train",
                  "build",
                  "deploy",
                  "status",
                  "doctor",
                  "logs",
                  "loadtest",
                  "pause",
                  "resume",
                  "destroy",
                  "config",
                  "explain")
              .map(verb -> () -> assertTrue(ran.out().contains("\n  " + verb + " "), verb)));
      assertEquals("", ran.err());
    }
    assertTrue(run("up", "--help").expect(0).out().startsWith("Usage: mlops up"));
    assertTrue(run("--version").expect(0).out().startsWith("mlops "));
  }

  @Test
  void helpAndVersionAreVerbsToo() throws Exception {
    assertEquals(run("loadtest", "--help").out(), run("help", "loadtest").expect(0).out());
    assertEquals(run("ci", "preview", "--help").out(), run("help", "ci", "preview").out());
    assertEquals(run().out(), run("help").expect(0).out());
    assertTrue(run("help", "lodtest").expect(2).err().contains("mlops loadtest"));
    assertTrue(run("help", "up", "-o", "json").json().path("usage").asText().contains("mlops up"));
    assertEquals(run("--version").out(), run("version").expect(0).out());
    assertFalse(run("version", "-o", "json").json().path("version").asText().isEmpty());
  }

  @Test
  void initLooksBeforeItWrites() throws Exception {
    Path folder = temp.resolve("new");
    String there = folder.toString();
    assertEquals(
        "MLOPS-IMAGE-006", run("init", there, "--image", "A b", "-o", "json").expect(2).code());
    Ran noFile = run("init", there, "--onnx", temp.resolve("no.onnx").toString()).expect(2);
    assertTrue(noFile.err().contains("There is no file"), noFile.err());
    assertFalse(Files.exists(folder));

    run("init", there).expect(0);
    try (Stream<Path> manifests = Files.list(folder.resolve("k8s"))) {
      for (Path manifest : manifests.toList()) {
        Files.delete(manifest);
      }
    }
    Files.delete(folder.resolve("k8s"));
    assertEquals(
        "MLOPS-MANIFEST-002", run("init", there, "--observability", "-o", "json").expect(2).code());
  }

  @Test
  void aWrongCommandLineIsSaidWithAGuess() throws Exception {
    assertTrue(run("deplyo").expect(2).err().contains(" deploy"), run("deplyo").err());
    assertTrue(run("deplyo", "--env", "demo").expect(2).err().contains(" deploy"));
    Ran option = run("loadtest", "--usres", "3").expect(2);
    assertTrue(option.err().contains("--users"), option.err());
    assertTrue(run("loadtest", "--users", "many").expect(2).err().contains("many"));
    assertEquals("", run("deplyo").out());
    for (List<String> fault :
        List.of(
            List.of("loadtest", "--duration", "5", "write a number and its unit"),
            List.of("cost", "--rate", "x", "write a number, got 'x'"),
            List.of("loadtest", "--users", "0", "--users: a level"),
            List.of("loadtest", "--gate", "p95<", "--gate: 'p95<' is not a gate"),
            List.of("export", "--format", "yaml", "expected one of kustomize, helm, got 'yaml'"),
            List.of("logs", "--level", "eror", "did you mean 'error'?"),
            List.of("logs", "--tail", "ten", "'ten' is not a whole number"))) {
      String said = run(fault.subList(0, 3).toArray(String[]::new)).expect(2).err();
      assertTrue(said.contains(fault.getLast()), said);
      assertFalse(said.contains("Exception"), said);
    }
    assertEquals("MLOPS-USAGE-001", run("deplyo", "-o", "json").expect(2).code());
    assertEquals("MLOPS-USAGE-001", run("--output=json", "up", "--what").expect(2).code());
    assertEquals("MLOPS-USAGE-001", run("up", "--output=json", "surplus").expect(2).code());
  }

  @Test
  void anEnvironmentMayBeCalledLikeAVerb() throws Exception {
    Path config = prepared.folder().resolve("mlops.yaml");
    Files.writeString(config, Files.readString(config).replace("dev: {}", "plan: {}"));
    String folder = prepared.folder().toString();
    for (Ran ran :
        List.of(
            run("--env", "plan", "--project", folder, "status", "-o", "json"),
            run("status", "--env", "plan", "--project", folder, "-o", "json"))) {
      assertEquals("plan", ran.expect(0).json().path("environment").asText());
    }
  }

  @Test
  void explainKnowsEveryCodeAndNamesTheNearest() throws Exception {
    assertTrue(run("explain", "mlops-config-001").expect(0).out().contains("no config file"));
    Ran unknown = run("explain", "MLOPS-DISK-999", "-o", "json").expect(2);
    assertEquals("MLOPS-USAGE-001", unknown.code());
    assertTrue(unknown.json().at("/error/why").asText().contains("MLOPS-DISK-001"));
    assertEquals("MLOPS-USAGE-001", run("explain", "nonsense", "-o", "json").expect(2).code());
  }

  @Test
  void aShellCompletesCommandsOptionsAndTheirValues() throws Exception {
    String script = run("completion").expect(0).out();
    Path file = Files.writeString(temp.resolve("completion.bash"), script);
    for (List<String> words :
        List.of(
            List.of("lo", "loadtest"),
            List.of("loadtest --us", "--users"),
            List.of("status --output js", "json"),
            List.of("ci pre", "preview"))) {
      assertTrue(completions(file, words.getFirst()).contains(words.get(1)), words.getFirst());
    }
  }

  /** What bash makes of a line that ends in the midst of a word. */
  private static List<String> completions(Path script, String line) throws Exception {
    String program =
        """
        source "$1"
        COMP_WORDS=(mlops $2)
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        COMP_LINE="mlops $2"
        COMP_POINT=${#COMP_LINE}
        _complete_mlops
        printf '%s\n' "${COMPREPLY[@]}"
        """;
    Process bash =
        new ProcessBuilder("bash", "-c", program, "bash", script.toString(), line)
            .redirectErrorStream(true)
            .start();
    String said = new String(bash.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, bash.waitFor(), said);
    return said.lines().map(String::strip).toList();
  }

  @Test
  void withoutAConfigTheNextStepIsToWriteOne() throws Exception {
    Ran ran = run("status", "--project", temp.resolve("nowhere").toString(), "-o", "json");
    assertEquals("MLOPS-CONFIG-001", ran.expect(2).code());
    assertEquals("mlops init", ran.json().at("/error/next").asText());
  }

  @Test
  void planTellsByItsExitCodeWhetherThereIsSomethingToDo() {
    here("train").expect(0);
    here("plan").expect(0);
    here("plan", "--exit-code").expect(3);
    assertEquals(List.of(), prepared.fake().calls());
  }

  @Test
  void planShowsChangedManifestsWhileANewImageIsDue() throws Exception {
    here("deploy").expect(0);
    Path manifest = prepared.folder().resolve("k8s/flowers.yaml");
    Files.writeString(
        manifest, Files.readString(manifest).replace("maxReplicas: 5", "maxReplicas: 7"));
    Files.writeString(
        prepared.folder().resolve("data/flowers.csv"), "length,species\n1.5,setosa\n");
    String plan = here("plan").expect(0).out();
    assertTrue(plan.contains("known after: Publish the image"), plan);
    assertTrue(plan.contains("HorizontalPodAutoscaler flowers: spec.maxReplicas 5 → 7"), plan);
  }

  @Test
  void deployingTwiceChangesNothingTheSecondTime() throws Exception {
    assertEquals(2, here("deploy", "-o", "json").expect(0).json().path("changed").asInt());
    Ran again = here("deploy", "-o", "json").expect(0);
    assertEquals(0, again.json().path("changed").asInt());
    assertEquals("running", again.json().path("state").asText());
    assertEquals(endpoint.address() + "\n", here("deploy", "-q").expect(0).out());
  }

  @Test
  void aModelBelowItsGateEndsWithFour() throws Exception {
    Ran ran = here("train", "--set", "model.gate.accuracy=0.99", "-o", "json");
    assertEquals("MLOPS-MODEL-002", ran.expect(4).code());
  }

  @Test
  void aMissedObjectiveEndsWithFourAndKeepsItsFigures() throws Exception {
    here("deploy").expect(0);
    Ran ran =
        here(
            "loadtest", "--users", "2", "--duration", "1s", "--gate", "p50<0.0001ms", "-o", "json");
    // A crowded machine makes the load tester late, and then it has to say so.
    boolean valid = ran.json().path("valid").asBoolean();
    assertEquals(valid ? "MLOPS-LOAD-007" : "MLOPS-LOAD-008", ran.expect(valid ? 4 : 5).code());
    assertFalse(ran.json().at("/gates/0/passed").asBoolean(true));
    assertTrue(ran.json().path("requests").asLong() > 0);
  }

  @Test
  void anEnvironmentThatIsNotThereIsToldByTheFlagThatNamedIt() {
    assertTrue(
        here("promote", "--from", "dev", "--to", "nope").expect(2).err().contains("--to nope"));
    assertTrue(
        here("promote", "--from", "nope", "--to", "dev").expect(2).err().contains("--from nope"));
    assertTrue(here("status", "-e", "nope").expect(2).err().contains("--env nope"));
  }

  @Test
  void whatComesNextCanBePasted() {
    String folder = prepared.folder().toString();
    String deployed = here("deploy").expect(0).out();
    assertTrue(deployed.contains("mlops status --project " + folder), deployed);
    Ran ran = here("export", "my release");
    assertTrue(
        ran.expect(0).out().contains("kubectl apply -k '" + folder + "/my release'"), ran.out());
  }

  @Test
  void colourIsAsTheCommandLineSays() {
    Map<String, String> xterm = Map.of("TERM", "xterm");
    String escape = "\u001b[";
    assertTrue(here("status", "--color", "always").expect(0).out().contains(escape));
    assertTrue(here(TERMINAL, xterm, "", "status").expect(0).out().contains(escape));
    for (String flag : List.of("--no-color", "--color=never")) {
      assertFalse(here(TERMINAL, xterm, "", "status", flag).expect(0).out().contains(escape), flag);
    }
    assertFalse(
        here(TERMINAL, xterm, "", "status", "--no-color", "--colour").err().contains(escape));
  }

  @Test
  void aForeignTargetIsNotLoaded() throws Exception {
    Ran ran = here("loadtest", "--target", "http://192.0.2.1", "-o", "json");
    assertEquals("MLOPS-LOAD-003", ran.expect(2).code());
  }

  @Test
  void anInterruptEndsWith130AndSaysHowToGoOn() throws Exception {
    Thread.currentThread().interrupt();
    Ran ran = here("deploy", "-o", "json");
    // Whether the flag is still up depends on what the interrupt met; the next run must not see it.
    boolean _ = Thread.interrupted();
    assertEquals("MLOPS-RUN-001", ran.expect(130).code());
    here("deploy").expect(0);
  }

  @Test
  void aSecondCommandIsHeldOffAndTheFirstOneNamed() throws Exception {
    try (var _ = EnvironmentLock.acquire(prepared.project().environmentLock(), "up")) {
      Ran ran = here("deploy", "-o", "json");
      assertEquals("MLOPS-RUN-002", ran.expect(1).code());
      here("status").expect(0);
      here("plan").expect(0);
    }
    here("deploy").expect(0);
  }

  @Test
  void destroyAsksAndCannotWhereNobodyIs() throws Exception {
    here("deploy").expect(0);
    assertEquals("MLOPS-USAGE-002", here("destroy", "-o", "json").expect(2).code());
    Ran ci = here(TERMINAL, Map.of("CI", "true"), "yes\n", "destroy", "-o", "json");
    assertEquals("MLOPS-USAGE-002", ci.expect(2).code());
    Ran no = here(TERMINAL, Map.of(), "no\n", "destroy").expect(1);
    assertTrue(no.err().contains("Nothing was removed."), no.err());
    assertFalse(prepared.fake().calls().contains("remove"));

    Ran yes = here(TERMINAL, Map.of(), "yes\n", "destroy").expect(0);
    assertTrue(yes.err().contains("This removes from environment dev"), yes.err());
    assertTrue(yes.out().contains("found gone"), yes.out());
    here("destroy").expect(0);
  }

  @Test
  void yesAnswersForEveryEnvironmentButProd() throws Exception {
    TestImage.write(prepared.folder().resolve(".mlops/image/prod"), "first");
    here("deploy", "--env", "prod").expect(0);
    assertEquals(
        "MLOPS-USAGE-002",
        here("destroy", "--env", "prod", "--yes", "-o", "json").expect(2).code());
    assertEquals(
        "MLOPS-USAGE-001",
        here("destroy", "--env", "prod", "--confirm", "dev", "-o", "json").expect(2).code());
    here(TERMINAL, Map.of(), "yes\n", "destroy", "--env", "prod", "--yes").expect(1);
    assertFalse(prepared.fake().calls().contains("remove"));

    Ran ran = here("destroy", "--env", "prod", "--confirm", "prod", "-o", "json").expect(0);
    assertTrue(ran.json().path("removed").size() > 0);
    assertEquals(0, ran.json().path("left").size());
    here("deploy", "--env", "dev").expect(0);
    here("destroy", "--env", "dev", "--yes").expect(0);
  }

  @Test
  void standardOutputCarriesTheAnswerAlone() throws Exception {
    for (String verb : List.of("plan", "deploy", "status", "train", "pause", "resume", "status")) {
      assertTrue(here(verb, "-o", "json").expect(0).json().isObject(), verb);
      assertEquals(1, here(verb, "-q").expect(0).out().lines().count(), verb);
    }
    here("logs", "-o", "json")
        .expect(0)
        .out()
        .lines()
        .forEach(line -> assertTrue(line.startsWith("{\"replica\":"), line));
    assertTrue(run("config", "schema").expect(0).out().startsWith("{"));
    here("destroy", "--yes", "-q").expect(0);
    Ran nothing = here("logs").expect(0);
    assertEquals("", nothing.out());
    assertTrue(nothing.err().contains("environment dev"), "an empty answer needs a word");
    assertEquals("MLOPS-DEPLOY-005", here("pause", "-o", "json").expect(1).code());
    assertEquals("", here("pause").expect(1).out());
  }

  @Test
  @Timeout(60)
  void followingTheLogsEndsWhenNobodyReadsThem() {
    here("deploy").expect(0);
    var gone =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    var console =
        new Console(
            new PrintStream(gone, false, UTF_8),
            new PrintStream(OutputStream.nullOutputStream(), true, UTF_8),
            new Terminal(NO_TERMINAL, Map.of(), InputStream.nullInputStream()));
    List<String> command = List.of("logs", "-f", "--project", prepared.folder().toString());

    ExitCode code = new Mlops(console, _ -> prepared.platform()).execute(command);
    assertFalse(Thread.interrupted());
    assertEquals(ExitCode.DONE, code);
  }

  @Test
  void theDoctorStopsAtTheFirstThingThatIsBroken() throws Exception {
    JsonNode empty = here("doctor", "-o", "json").expect(0).json();
    assertEquals("skipped", check(empty, "address").path("result").asText());
    here("deploy").expect(0);
    JsonNode well = here("doctor", "-o", "json").expect(0).json();
    for (String id : List.of("config", "data", "model", "image", "memory", "address")) {
      assertEquals("ok", check(well, id).path("result").asText(), id);
    }
    assertTrue(check(well, "prediction").path("why").asText().startsWith("2 golden rows"));

    endpoint.lie(true);
    Ran lies = here("doctor", "-o", "json").expect(1);
    assertEquals("failed", check(lies.json(), "prediction").path("result").asText());
    assertEquals("skipped", check(lies.json(), "workflows").path("result").asText());
    assertEquals("MLOPS-DEPLOY-002", lies.code());
    endpoint.lie(false);

    prepared.fake().failOn("check");
    Ran broken = here("doctor").expect(1);
    assertTrue(broken.out().contains(" x Memory"), broken.out());
    assertTrue(broken.err().contains("MLOPS-INTERNAL-001"), broken.err());

    Path config = prepared.folder().resolve("mlops.yaml");
    Files.writeString(config, Files.readString(config).replace("name: flowers", "nme: flowers"));
    assertEquals(
        "failed", here("doctor", "-o", "json").expect(1).json().at("/checks/0/result").asText());
  }

  @Test
  void theDoctorAsksAServiceWithoutAnAddressByAForwardedPort() throws Exception {
    here("deploy").expect(0);
    prepared.fake().hideAddress();
    JsonNode answer = here("doctor", "-o", "json").expect(0).json();
    assertEquals("warning", check(answer, "address").path("result").asText());
    assertEquals("mlops open", check(answer, "address").path("next").asText());
    assertEquals("ok", check(answer, "prediction").path("result").asText());

    endpoint.close();
    JsonNode silent = here("doctor", "-o", "json").expect(0).json();
    assertEquals("warning", check(silent, "address").path("result").asText());
    assertEquals("skipped", check(silent, "prediction").path("result").asText());
  }

  @Test
  void theDoctorNamesABrokenWorkflowAsCiCheckDoes() throws Exception {
    Path workflows = Files.createDirectories(prepared.folder().resolve(".github/workflows"));
    Files.writeString(
        workflows.resolve("ci.yml"), "on: push\njobs: {a: {runs-on: x, setps: []}}\n");
    assertEquals("MLOPS-CI-002", here("doctor", "-o", "json").expect(1).code());
    String folder = prepared.folder().toString();
    assertEquals(
        "MLOPS-CI-002", run("ci", "check", "--project", folder, "-o", "json").expect(1).code());
  }

  private static JsonNode check(JsonNode answer, String id) {
    for (JsonNode check : answer.path("checks")) {
      if (check.path("id").asText().equals(id)) {
        return check;
      }
    }
    throw new AssertionError("no check " + id + " in " + answer);
  }

  @Test
  void aTerminalGetsColourAndAPipeNone() {
    Map<String, String> xterm = Map.of("TERM", "xterm", "LANG", "C.UTF-8");
    assertTrue(here(TERMINAL, xterm, "", "status").out().contains("\u001b["));
    assertFalse(here(NO_TERMINAL, xterm, "", "status").out().contains("\u001b["));
    assertFalse(
        here(TERMINAL, Map.of("TERM", "xterm", "NO_COLOR", "1"), "", "status")
            .out()
            .contains("\u001b["));
  }
}

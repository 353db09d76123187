package dev.mlops.loadtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoadSpecTest {
  private static final URI TARGET = URI.create("http://127.0.0.1:8000");

  @TempDir Path folder;

  @Test
  void theDefaultsAreTheGuides() {
    Path schema = Path.of("schema.json");
    assertEquals(
        new LoadPlan(
            TARGET,
            List.of(PlanFor.predict(Map.of(), new Payloads.FromSchema(schema))),
            new Load.Closed(Profile.constant(100), 50, Wait.parse("0.5s..2.5s")),
            new LoadPlan.Timing(
                Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofSeconds(10)),
            LoadPlan.Bounds.USUAL,
            new LoadPlan.Goals(List.of(), List.of()),
            1),
        plan(LoadSpec.defaults(), LoadOverrides.NONE, Optional.of(schema)));
  }

  @Test
  void readsEveryKeyOfOneRequest() throws IOException {
    LoadSpec spec =
        read(
            """
            method: PUT
            path: /v2/models/iris/infer?trace=1
            headers: {X-Team: blue}
            csv: rows.csv
            expect: {status: '200, 404', contains: setosa}
            users: 1000
            spawnRate: 12.5
            wait: 250ms
            duration: 2m
            warmUp: 0s
            timeout: 500ms
            maxRequests: 7
            traceRatio: 0
            insecure: true
            gates: [p95<200ms, 'errors<1%']
            abortOn: ['errors<50% each 5s']
            seed: 42
            """);
    assertEquals(
        new LoadPlan(
            TARGET,
            List.of(
                new Task(
                    "v2-models-iris-infer",
                    1,
                    new Task.Request(
                        "PUT",
                        "/v2/models/iris/infer?trace=1",
                        Map.of("X-Team", "blue"),
                        new Payloads.FromCsv(folder.resolve("rows.csv"), Optional.empty())),
                    new Expect(List.of("200", "404"), "setosa"),
                    Optional.empty())),
            new Load.Closed(Profile.constant(1_000), 12.5, Wait.parse("250ms..250ms")),
            new LoadPlan.Timing(Duration.ZERO, Duration.ofMinutes(2), Duration.ofMillis(500)),
            new LoadPlan.Bounds(7, 0, true),
            new LoadPlan.Goals(
                List.of(Gate.parse("p95<200ms"), Gate.parse("errors<1%")),
                List.of(Gate.parse("errors<50% each 5s"))),
            42),
        plan(spec, LoadOverrides.NONE, Optional.empty()));
  }

  @Test
  void readsTasksAndAnOpenLoad() throws IOException {
    LoadSpec spec =
        read(
            """
            tasks:
              - {name: one, weight: 9, path: /predict, body: '{}', think: 1s}
              - {method: GET, path: /ready_check}
            rate: 100/30s, 100..500/1m
            connections: 12
            gates: ['one:p95<1s']
            """);
    LoadPlan plan = plan(spec, LoadOverrides.NONE, Optional.empty());
    assertEquals(new Load.Open(Profile.parse("100/30s,100..500/1m"), 12), plan.load());
    assertEquals(Duration.ofSeconds(90), plan.timing().duration(), "the stages' own");
    assertEquals(List.of("one", "ready_check"), plan.tasks().stream().map(Task::name).toList());
    assertEquals(Optional.of(Wait.parse("1s")), plan.tasks().getFirst().think());
    assertEquals(9, plan.tasks().getFirst().weight());
  }

  @Test
  void replaysARecording() throws IOException {
    Files.writeString(folder.resolve("calls.csv"), "at,what\n3.5,a\n1.25,b\n9.25,c\n");
    LoadSpec spec = read("{arrivals: calls.csv, method: GET, path: /, warmUp: 1s}");
    LoadPlan plan = plan(spec, LoadOverrides.NONE, Optional.empty());
    assertEquals(Duration.ofMillis(7_001), plan.timing().duration());
    assertTrue(plan.load() instanceof Load.Replay(ArrivalFile file, int _) && file.count() == 3);
  }

  @Test
  void saysAllProblemsAtOnce() {
    MlopsException e =
        assertThrows(
            MlopsException.class,
            () ->
                read(
                    """
                    method: FETCH
                    path: predict
                    user: 5
                    users: 0
                    wait: 3s..1s
                    duration: 0s
                    headers: {Host: elsewhere}
                    gates: [p95<200, rps>10]
                    csv: rows.csv
                    body: '{}'
                    """));
    assertEquals(Code.LOAD_PLAN, e.problem().code());
    assertEquals(
        """
        loadtest.yaml has 9 problems:
          loadtest.yaml:1:9: method – is not one of GET, POST, PUT, PATCH, DELETE
          loadtest.yaml:2:7: path – starts with / and has no spaces
          loadtest.yaml:3:1: user – unknown key; did you mean 'users'?
          loadtest.yaml:4:8: users – a level has to be above 0
          loadtest.yaml:5:7: wait – the shorter wait comes first, such as 0.5s..2.5s
          loadtest.yaml:6:11: duration – has to be longer than nothing
          loadtest.yaml:7:17: headers.Host – is written by the engine itself
          loadtest.yaml:8:8: gates – 'p95<200' has the wrong unit; write one as p95<200ms,\
         errors<1%, rps>500
          loadtest.yaml:9:6: csv – can't stand beside body; there is one kind of payload\
        """,
        e.problem().message());
  }

  @Test
  void withoutAModelThereHasToBeSomethingToSend() {
    MlopsException e =
        assertThrows(
            MlopsException.class,
            () -> plan(LoadSpec.defaults(), LoadOverrides.NONE, Optional.empty()));
    assertEquals(Code.LOAD_PAYLOAD, e.problem().code());
  }

  @Test
  void theCommandLineGoesOverTheFile() {
    Optional<Path> schema = Optional.of(Path.of("s.json"));
    LoadOverrides flags =
        new LoadOverrides(
            Optional.of(Profile.constant(7)),
            Optional.empty(),
            Optional.of(2.0),
            Optional.of(Wait.parse("0s")),
            Optional.of(Duration.ofSeconds(5)),
            Optional.of(Duration.ZERO),
            List.of(Gate.parse("rps>1")),
            List.of(),
            true);
    LoadPlan over = plan(LoadSpec.defaults(), flags, schema);
    assertEquals(new Load.Closed(Profile.constant(7), 2, Wait.parse("0s")), over.load());
    assertEquals(Duration.ofSeconds(3), over.ramp());
    assertEquals(Duration.ofSeconds(8), over.total());
    assertEquals("rps>1", over.goals().gates().getFirst().expression());
    assertTrue(over.bounds().insecure());
  }

  @Test
  void aGateOfTheCommandLineIsAboutATaskThatThereIs() {
    LoadOverrides flags =
        new LoadOverrides(
            Optional.empty(),
            Optional.of(Profile.constant(5)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(Gate.parse("search:p95<1s")),
            List.of(),
            false);
    MlopsException e =
        assertThrows(
            MlopsException.class,
            () -> plan(LoadSpec.defaults(), flags, Optional.of(Path.of("s.json"))));
    assertTrue(e.problem().message().contains("there is predict"), e.getMessage());
  }

  private LoadPlan plan(LoadSpec spec, LoadOverrides flags, Optional<Path> schema) {
    return new LoadDraft(spec, flags).plan(TARGET, folder, schema);
  }

  private LoadSpec read(String yaml) throws IOException {
    return LoadSpec.read(Files.writeString(folder.resolve("loadtest.yaml"), yaml), "loadtest.yaml");
  }
}

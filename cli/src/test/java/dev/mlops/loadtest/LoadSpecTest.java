package dev.mlops.loadtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
            new LoadPlan.Request("POST", "/predict", Map.of(), new Payloads.FromSchema(schema)),
            100,
            50,
            Wait.parse("0.5s..2.5s"),
            new LoadPlan.Timing(
                Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofSeconds(10)),
            List.of(),
            1),
        LoadSpec.defaults().plan(TARGET, folder, Optional.of(schema)));
  }

  @Test
  void readsEveryKey() throws IOException {
    LoadSpec spec =
        read(
            """
            method: PUT
            path: /v2/models/iris/infer?trace=1
            headers: {X-Team: blue}
            csv: rows.csv
            users: 1000
            spawnRate: 12.5
            wait: 250ms
            duration: 2m
            warmUp: 0s
            timeout: 500ms
            gates: [p95<200ms, 'errors<1%']
            seed: 42
            """);
    assertEquals(
        new LoadPlan(
            TARGET,
            new LoadPlan.Request(
                "PUT",
                "/v2/models/iris/infer?trace=1",
                Map.of("X-Team", "blue"),
                new Payloads.FromCsv(folder.resolve("rows.csv"), Optional.empty())),
            1_000,
            12.5,
            Wait.parse("250ms..250ms"),
            new LoadPlan.Timing(Duration.ZERO, Duration.ofMinutes(2), Duration.ofMillis(500)),
            List.of(Gate.parse("p95<200ms"), Gate.parse("errors<1%")),
            42),
        spec.plan(TARGET, folder, Optional.empty()));
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
          loadtest.yaml:4:8: users – expected 1 to 1000000, got the number 0
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
            MlopsException.class, () -> LoadSpec.defaults().plan(TARGET, folder, Optional.empty()));
    assertEquals(Code.LOAD_PAYLOAD, e.problem().code());
  }

  @Test
  void theCommandLineGoesOverTheFile() {
    LoadPlan plan = LoadSpec.defaults().plan(TARGET, folder, Optional.of(Path.of("s.json")));
    assertEquals(plan, LoadOverrides.NONE.over(plan));
    LoadOverrides flags =
        new LoadOverrides(
            Optional.of(7),
            Optional.of(2.0),
            Optional.of(Wait.parse("0s")),
            Optional.of(Duration.ofSeconds(5)),
            Optional.of(Duration.ZERO),
            List.of(Gate.parse("rps>1")));
    LoadPlan over = flags.over(plan);
    assertEquals(7, over.users());
    assertEquals(Duration.ofSeconds(3), over.ramp());
    assertEquals(Duration.ofSeconds(8), over.total());
    assertEquals("rps>1", over.gates().getFirst().expression());
    assertEquals(plan.request(), over.request());
  }

  private LoadSpec read(String yaml) throws IOException {
    return LoadSpec.read(Files.writeString(folder.resolve("loadtest.yaml"), yaml), "loadtest.yaml");
  }
}

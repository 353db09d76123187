package dev.mlops.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mlops.config.ConfigLoader;
import dev.mlops.config.ConfigSource;
import dev.mlops.config.MlopsConfig;
import dev.mlops.config.Model;
import dev.mlops.plan.Mode;
import dev.mlops.plan.RunListener;
import dev.mlops.plan.RunReport;
import dev.mlops.plan.Runner;
import dev.mlops.problem.MlopsException;
import dev.mlops.problem.Problem;
import dev.mlops.scaffold.Beginning;
import dev.mlops.training.Installation;
import dev.mlops.training.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** `mlops init --data` with the real model service. */
class InitIT {
  @TempDir private Path parent;

  @Test
  void aTableOfEverything() throws Exception {
    Path data =
        write(
            "Verkäufe 2026.csv",
            "id,größe,colour,sold,\"note, free\",preis (€)",
            60,
            i ->
                "%s,%s,%s,%s,\"said \"\"%s\"\", then left\",%s"
                    .formatted(
                        "A" + (1000 + i * 7919),
                        i % 9 == 0 ? "" : i * 1.25,
                        List.of("red", "blue", "green, dark").get(i % 3).contains(",")
                            ? "\"green, dark\""
                            : List.of("red", "blue").get(i % 2),
                        i % 2 == 0 ? "yes" : "no",
                        "x" + i * 31,
                        3.5 * i + 0.25));
    assertDone(init(data, "preis (€)"));

    Model model = load().model();
    assertEquals(Optional.of("preis (€)"), model.target());
    assertEquals(Model.Task.REGRESSION, model.task());
    assertEquals(List.of("id", "note, free"), model.exclude());
    assertEquals(-1, Files.mismatch(data, project().resolve(model.data().orElseThrow())));
    JsonNode sample = sample();
    assertTrue(sample.path("größe").isNumber(), sample.toString());
    assertTrue(sample.path("sold").isBoolean(), sample.toString());
    assertFalse(sample.has("id"), sample.toString());
  }

  @Test
  void whatInitWritesCanBeTrained() throws Exception {
    Path data = write("t.csv", "x;y", 80, i -> i * 3 + ";" + (i < 50 ? "low" : "high"));
    assertDone(init(data, ""));
    Model model = load().model();

    assertEquals(Optional.of("y"), model.target());
    assertEquals(0.613, model.gate().accuracy().orElseThrow());
    Path request = parent.resolve("request.json");
    new ObjectMapper().writeValue(request.toFile(), trainingRequest());
    JsonNode result =
        service()
            .run(
                List.of(
                    "train",
                    "--request",
                    request.toString(),
                    "--out",
                    parent.resolve("model").toString()),
                _ -> {});
    double accuracy = result.at("/metrics/accuracy").asDouble();
    assertTrue(model.gate().bounds().getFirst().passes(accuracy), result.toString());
  }

  @Test
  void aWideTable() throws Exception {
    int columns = 1_500;
    String header =
        IntStream.range(0, columns).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
    Path data =
        write(
            "wide.csv",
            header,
            30,
            row ->
                IntStream.range(0, columns)
                    .mapToObj(i -> i == columns - 1 ? "k" + row % 2 : "" + (i * row % 17))
                    .collect(Collectors.joining(",")));
    assertDone(init(data, ""));

    assertEquals(Optional.of("c1499"), load().model().target());
    assertTrue(sample().size() > 1_000);
  }

  @Test
  void aSecondRunChangesNothing() throws Exception {
    Path data = write("t.csv", "x,y", 40, i -> i * 3 + "," + (i % 2 == 0 ? "a" : "b"));
    assertDone(init(data, "y"));
    RunReport again = init(data, "y");

    assertDone(again);
    assertEquals(0, again.changed());
  }

  @Test
  void dataThatLiesInTheProjectStaysThere() throws Exception {
    Files.createDirectories(project().resolve("input"));
    Path data = write("t.csv", "x,y", 40, i -> i * 3 + "," + (i % 2 == 0 ? "a" : "b"));
    Path inside = Files.move(data, project().resolve("input/t.csv"));
    assertDone(init(inside, "y"));

    assertEquals(Optional.of(Path.of("input/t.csv")), load().model().data());
    assertFalse(Files.exists(project().resolve("data/t.csv")));
  }

  @Test
  void whatCannotBeLearntIsRefusedAndNothingIsWritten() throws Exception {
    assertRefused(write("one.csv", "x,y", 40, i -> i + ",same"), "y", "MLOPS-DATA-007", "`y`");
    assertRefused(write("empty.csv", "", 0, _ -> ""), "", "MLOPS-DATA-", "empty.csv");
    assertRefused(write("header.csv", "x,y", 0, _ -> ""), "y", "MLOPS-DATA-005", "no rows");
    assertRefused(
        write("ragged.csv", "x,y", 20, i -> i == 7 ? "1" : "1,a"),
        "y",
        "MLOPS-DATA-",
        "row 7 (line 8)");
    assertRefused(
        write("t.csv", "size,kind", 40, i -> i + "," + i % 2), "knid", "MLOPS-DATA-006", "knid");
    assertRefused(parent.resolve("absent.csv"), "y", "MLOPS-DATA-001", "absent.csv");
    assertRefused(
        write("id.csv", "id,kind", 40, i -> i + "," + i % 2), "kind", "MLOPS-DATA-008", "`id`");
  }

  private void assertRefused(Path data, String target, String code, String part)
      throws InterruptedException {
    var failed = init(data, target).failure().orElseThrow();
    Problem problem = assertInstanceOf(MlopsException.class, failed.cause()).problem();

    assertTrue(problem.code().id().startsWith(code), problem.toString());
    assertTrue((problem.message() + problem.why()).contains(part), problem.toString());
    assertFalse(Files.exists(project()), problem.toString());
  }

  private static void assertDone(RunReport report) {
    report.failure().ifPresent(failed -> assertEquals("", failed.detail()));
  }

  private RunReport init(Path data, String target) throws InterruptedException {
    var request =
        new InitRequest(
            project(),
            Optional.empty(),
            new Beginning.Table(data, target),
            Optional.empty(),
            /* force= */ false);
    return new Runner(RunListener.SILENT)
        .run(InitRecipe.plan(request, service()).plan(), Mode.APPLY);
  }

  private JsonNode trainingRequest() throws IOException {
    Model model = load().model();
    return new ObjectMapper()
        .readTree(
            """
            {"name": "t", "version": "0.1.0", "data": "%s", "target": "%s", "task": "%s",
             "features": {}, "exclude": [],
             "algorithm": {"kind": "%s", "epochs": %d, "learningRate": %s, "batchSize": %d, "seed": 1},
             "test": {"fraction": 0.2, "folds": 0}}
            """
                .formatted(
                    project().resolve(model.data().orElseThrow()),
                    model.target().orElseThrow(),
                    model.task().name().toLowerCase(Locale.ROOT),
                    model.algorithm().kind().label(),
                    model.algorithm().epochs(),
                    model.algorithm().learningRate(),
                    model.algorithm().batchSize()));
  }

  private MlopsConfig load() {
    return ConfigLoader.load(ConfigSource.of(project())).config();
  }

  private JsonNode sample() throws IOException {
    return new ObjectMapper().readTree(project().resolve("data/sample.json").toFile());
  }

  private static ServiceProcess service() {
    return new ServiceProcess(Installation.locate());
  }

  private Path project() {
    return parent.resolve("project");
  }

  private Path write(String name, String header, int rows, IntFunction<String> row)
      throws IOException {
    Stream<String> lines =
        Stream.concat(
            Stream.of(header).filter(line -> !line.isEmpty()),
            IntStream.rangeClosed(1, rows).mapToObj(row));
    return Files.writeString(
        parent.resolve(name), lines.map(line -> line + "\n").collect(Collectors.joining()));
  }
}

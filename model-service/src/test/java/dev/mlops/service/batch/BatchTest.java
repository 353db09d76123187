package dev.mlops.service.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.service.Main;
import dev.mlops.service.artifact.Artifact;
import dev.mlops.service.json.Json;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchTest {
  private static final Path IRIS = Path.of("src/test/resources/data/iris.csv").toAbsolutePath();

  @TempDir private Path folder;

  @Test
  void inspectSaysWhatTheFileHolds() {
    Said said = run("inspect", "--data", IRIS.toString(), "--target", "species");
    assertEquals(0, said.status());
    Json result = said.last();
    assertEquals("result", result.get("event").text());
    assertEquals(150, result.get("rows").count());
    assertEquals("classification", result.get("task").text());
    assertEquals(",", result.get("delimiter").text());
    Json first = result.get("columns").list().getFirst();
    assertEquals("sepal_length", first.get("name").text());
    assertEquals("number", first.get("type").text());
    assertEquals(4.3, first.get("min").number());
    assertEquals(7.9, first.get("max").number());
  }

  @Test
  void aProblemIsAnEventAndAnExitStatus() {
    Said said = run("inspect", "--data", IRIS.toString(), "--target", "spezies");
    assertEquals(2, said.status());
    assertEquals("problem", said.last().get("event").text());
    assertEquals("MLOPS-DATA-006", said.last().get("code").text());
    assertEquals("Did you mean `species`?", said.last().get("why").text());
    assertEquals(2, run("inspect", "--dat", "x").status());
    assertEquals(2, run("inspect", "--data").status());
    assertEquals(2, run("train", "--request", "none.json", "--out", "x").status());
  }

  @Test
  void inspectRefusesATableWithNothingToLearnFrom() throws Exception {
    StringBuilder text = new StringBuilder("id;size;label\n");
    for (int i = 1; i <= 40; i++) {
      text.append(i).append(';').append(i * 3).append(",5;").append(i % 2).append('\n');
    }
    Path data = Files.writeString(folder.resolve("data.csv"), text);
    Said said = run("inspect", "--data", data.toString(), "--target", "label");
    assertEquals(2, said.status());
    assertEquals("MLOPS-DATA-008", said.last().get("code").text());
    String why = said.last().get("why").text();
    assertTrue(why.contains("`id`: counts the rows") && why.contains("decimal comma"), why);
    Files.writeString(data, text.toString().replace(",5", ".5"));
    assertEquals(0, run("inspect", "--data", data.toString(), "--target", "label").status());
  }

  @Test
  void aFolderThatCannotBeWrittenToIsAProblem() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    Said said = run("train", "--request", request(10), "--out", file.resolve("model").toString());
    assertEquals(1, said.status());
    assertEquals("MLOPS-TRAIN-003", said.last().get("code").text());
  }

  @Test
  void theDigestIsTheSameInAnotherProcessWithOtherThreads() throws Exception {
    Path out = folder.resolve("model");
    run("train", "--request", request(20), "--out", out.toString());
    String here = Artifact.digest(out);
    Process process = start("-XX:ActiveProcessorCount=1", request(20), out);
    process.inputReader(UTF_8).lines().forEach(_ -> {});
    assertEquals(0, process.waitFor());
    assertEquals(here, Artifact.digest(out));
  }

  @Test
  void aKilledTrainingLeavesTheFormerArtifactWhole() throws Exception {
    Path out = folder.resolve("model");
    run("train", "--request", request(5), "--out", out.toString());
    String former = Artifact.digest(out);
    Process process = start("-Xmx512m", request(10_000), out);
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      while (!lines.readLine().contains("Training random-forest")) {
        // Read on until training is under way.
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertEquals(former, Artifact.digest(out));
    assertEquals(0, run("train", "--request", request(6), "--out", out.toString()).status());
    try (Stream<Path> files = Files.list(folder)) {
      assertTrue(files.noneMatch(file -> file.getFileName().toString().startsWith(".")));
    }
  }

  private Process start(String flag, String request, Path out) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            flag,
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "train",
            "--request",
            request,
            "--out",
            out.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private String request(int trees) throws IOException {
    String json =
        """
        {"name": "iris", "version": "0.1.0", "data": "%s", "target": "species", "task": "auto",
         "algorithm": {"kind": "random-forest", "trees": %d, "featureFraction": 0.5,
                       "maxDepth": 8, "minLeaf": 1, "seed": 1},
         "test": {"fraction": 0.2, "folds": 0}}
        """
            .formatted(IRIS, trees);
    return Files.writeString(folder.resolve("request" + trees + ".json"), json).toString();
  }

  private record Said(int status, List<Json> events) {
    Json last() {
      return events.getLast();
    }
  }

  private static Said run(String verb, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int status = Batch.run(verb, List.of(words), out);
    List<Json> events = new ArrayList<>();
    out.toString(UTF_8).lines().forEach(line -> events.add(Json.parse(line.getBytes(UTF_8), "")));
    return new Said(status, events);
  }
}

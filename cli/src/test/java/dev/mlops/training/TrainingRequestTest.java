package dev.mlops.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mlops.config.ConfigLoader;
import dev.mlops.config.ConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hashes here were computed by other means from what docs/reference/artifact.md says. */
final class TrainingRequestTest {
  private static final String DATA_HASH =
      "2c5cd3d8e28da51b73d8d3b233dd8db972ff04c2d38cc68854b36a9a5301386d";
  private static final String CONFIG_HASH =
      "c38997f3c325d50de92b3454f4d5c02caeac134323808d30371826d73f8b7beb";

  @TempDir private Path project;

  @BeforeEach
  void writeProject() throws IOException {
    Files.writeString(
        project.resolve("mlops.yaml"),
        """
        apiVersion: mlops/v1
        name: flowers
        model:
          data: flowers.csv
          target: größe
          task: classification
          features: {zip: {type: category}}
          exclude: [id]
          algorithm:
            kind: random-forest
            epochs: 50
            learningRate: 0.1
            batchSize: 1
            maxDepth: 7
            minLeaf: 3
            trees: 20
            featureFraction: 0.5
            seed: 42
          test: {fraction: 0.25, folds: 0}
        """);
    Files.writeString(project.resolve("flowers.csv"), "größe,zip,id\na,1,1\n");
    Files.createDirectory(project.resolve("k8s"));
  }

  private TrainingRequest request(String... sets) throws InterruptedException {
    var source =
        new ConfigSource(project, Optional.empty(), Optional.empty(), List.of(sets), Map.of());
    return TrainingRequest.of(ConfigLoader.loadWithoutFiles(source).config(), project);
  }

  private static JsonNode card(String data, String config, String version) throws IOException {
    String card =
        "{\"version\": \"%s\", \"inputs\": {\"data\": \"%s\", \"config\": \"%s\"}}"
            .formatted(version, data, config);
    return new ObjectMapper().readTree(card);
  }

  private static JsonNode card() throws IOException {
    return card(DATA_HASH, CONFIG_HASH, TrainingRequest.VERSION);
  }

  @Test
  void equalInputsDifferInNothing() throws Exception {
    assertEquals(List.of(), request().differences(card()));
  }

  @Test
  void whatTheModelIsNotMadeOfMakesNoDifference() throws Exception {
    assertEquals(
        List.of(),
        request("model.gate.accuracy=0.99", "service.port=9000", "scale.min=3")
            .differences(card()));
  }

  @Test
  void everyPartOfTheTrainingConfigMakesADifference() throws Exception {
    for (String set :
        List.of(
            "name=other",
            "model.target=zip",
            "model.task=auto",
            "model.features.zip.type=number",
            "model.exclude=[]",
            "model.algorithm.kind=decision-tree",
            "model.algorithm.trees=21",
            "model.algorithm.seed=43",
            "model.test.folds=3")) {
      assertEquals(
          List.of("the training config has changed"), request(set).differences(card()), set);
    }
  }

  @Test
  void eachDifferenceIsNamed() throws Exception {
    Files.writeString(project.resolve("flowers.csv"), "größe,zip,id\nb,1,1\n");

    assertEquals(
        List.of(
            "the data has changed",
            "the training config has changed",
            "the model is of version 0.0.1 of mlops"),
        request().differences(card(DATA_HASH, "", "0.0.1")));
  }

  @Test
  void aPathMakesNoDifferenceButIsSaid() throws Exception {
    Path elsewhere = Files.createDirectories(project.resolve("data/new"));
    Files.copy(project.resolve("flowers.csv"), elsewhere.resolve("same.csv"));
    TrainingRequest moved = request("model.data=data/new/same.csv");

    assertEquals(List.of(), moved.differences(card()));
    assertEquals(elsewhere.resolve("same.csv").toString(), moved.json().path("data").asText());
  }

  @Test
  void aModelOfAnotherToolIsTakenIn() throws Exception {
    Files.writeString(project.resolve("m.onnx"), "weights");
    TrainingRequest request =
        request(
            "model.kind=onnx",
            "model.onnx.file=m.onnx",
            "model.onnx.columns=[a, b]",
            "model.features={city: {type: category, categories: [Bern]}}");
    assertEquals("import", request.verb());
    assertEquals(project.resolve("m.onnx").toString(), request.json().path("model").asText());
    assertEquals("plain", request.json().path("scores").asText());
    assertEquals("[\"a\",\"b\"]", request.json().path("columns").toString());
    assertEquals("{\"city\":[\"Bern\"]}", request.json().path("categories").toString());
    assertEquals(
        List.of(
            "the model has changed",
            "the training config has changed",
            "the model is of version x of mlops"),
        request.differences(card(DATA_HASH, CONFIG_HASH, "x")));
  }
}
